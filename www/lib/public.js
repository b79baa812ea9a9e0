// What every entry of the package gives beside its `init`.

export {
  Book, CadansError, Loader, Rulebook, Watch, decide, decideJson, explain, match, overLimit, version, versions,
} from "./api.js";
export { Matcher } from "./matcher.js";
