// `cadans/inline`: as "cadans", with the module inside the JavaScript.

export * from "./cadans.js";
