// The file of one's own leads, kept in this browser so that a reload shows them again, and the team file beside it. "Back to the sample" removes the leads.

import { createStore, del, get, set } from "../vendor/storage.js";

const store = () => createStore("cadans-leads", "leads");

/** @typedef {{ name: string, file: Blob }} Kept */

/** The file that is kept, or nothing. @returns {Promise<Kept | undefined>} */
export const keptLeads = () => get("own", store()).catch(() => undefined);

/** False where this browser keeps nothing. @param {Kept} kept */
export const keepLeads = (kept) => set("own", kept, store()).then(() => true, () => false);

export const dropLeads = () => del("own", store()).catch(() => {});

/** A team file, and whether it was chosen for the leads of the sample. @typedef {{ text: string, ofSample: boolean }} KeptTeam */

/** The team file that is kept, or nothing. @returns {Promise<KeptTeam | undefined>} */
export const keptTeam = () => get("team", store()).catch(() => undefined);

/** Keeps a team file, or nothing any more. @param {KeptTeam | undefined} kept */
export const keepTeam = (kept) => (kept ? set("team", kept, store()) : del("team", store())).catch(() => {});
