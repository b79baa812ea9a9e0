// The types of storage.js: those of idb-keyval.

export { createStore, del, entries, get, set, update } from "../../tests/node_modules/idb-keyval";
