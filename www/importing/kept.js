// The file of one's own leads, kept in this browser so that a reload shows them again. "Back to the sample" removes it.

import { createStore, del, get, set } from "../vendor/storage.js";

const store = () => createStore("cadans-leads", "leads");

/** @typedef {{ name: string, file: Blob }} Kept */

/** The file that is kept, or nothing. @returns {Promise<Kept | undefined>} */
export const keptLeads = () => get("own", store()).catch(() => undefined);

/** False where this browser keeps nothing. @param {Kept} kept */
export const keepLeads = (kept) => set("own", kept, store()).then(() => true, () => false);

export const dropLeads = () => del("own", store()).catch(() => {});
