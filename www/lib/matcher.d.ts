// `cadans/rows`: the class for rows that are no leads, by itself. It needs the engine, which `init` of "cadans" loads.

export { Matcher, type Matches, type Row } from "./cadans.js";
