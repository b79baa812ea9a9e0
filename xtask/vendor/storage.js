// What the page uses of idb-keyval, in one file: www/vendor/storage.js.

export { createStore, del, entries, get, set, update } from "idb-keyval";
