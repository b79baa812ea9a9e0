// Changes of rules that are kept in this browser: they survive a reload, a crash and a second tab. Two tabs never overwrite each other unasked.
//
// There is a draft for the packs of the page, and one for each link that was opened. Its revision counts up with each save; a tab that knows an older one
// than is kept saves beside it, and asks.

import { createStore, del, entries, get, set, update } from "../vendor/storage.js";
import { none } from "./rules.js";

/** @import { Changes } from "./rules.js" */

/**
 * @typedef {{ revision: number, saved: number, changes: Changes }} Draft
 */

/** A draft in which nothing is changed. */
const EMPTY = JSON.stringify(none());
/** A pause between changes, in milliseconds. */
const PAUSE = 250;
/** Drafts of links that are kept; the oldest go first. */
const MOST = 20;

/**
 * The drafts of one tab.
 * @param {object} told
 * @param {(draft: Draft) => void} told.newer another tab has saved a draft since: it differs from this one
 * @param {(why: unknown) => void} told.failed this browser keeps nothing
 */
export function drafts({ newer, failed }) {
  const store = createStore("cadans", "drafts");
  const tab = crypto.randomUUID();
  const channel = new BroadcastChannel("cadans drafts");
  let slot = "page";
  /** The revision that this tab has seen. */
  let revision = 0;
  /** What was kept or opened last: what is the same need not be kept again. */
  let same = EMPTY;
  /** Whether somebody has to choose between two drafts. */
  let split = false;
  /** @type {Changes | undefined} */
  let unsaved;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  const beside = () => `${slot}~${tab}`;

  async function save() {
    clearTimeout(pause);
    const changes = unsaved;
    if (!changes) return;
    unsaved = undefined;
    try {
      if (split) return await set(beside(), draft(changes), store);
      let taken = true;
      await update(slot, (/** @type {Draft | undefined} */ kept) => {
        taken = !kept || kept.revision === revision;
        return kept && !taken ? kept : { ...draft(changes), revision: revision + 1 };
      }, store);
      if (taken) {
        revision += 1;
        channel.postMessage({ slot, revision });
        return;
      }
      split = true;
      await set(beside(), draft(changes), store);
      await tell();
    } catch (why) {
      failed(why);
    }
  }

  /** @param {Changes} changes @returns {Draft} */
  const draft = (changes) => ({ revision, saved: Date.now(), changes });

  /** Tells that another tab has saved. */
  async function tell() {
    const kept = /** @type {Draft | undefined} */ (await get(slot, store));
    if (kept && kept.revision > revision) newer(kept);
  }

  channel.onmessage = ({ data }) => { if (data.slot === slot && data.revision > revision) void tell().catch(failed); };
  addEventListener("pagehide", () => { void save(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") void save(); });

  return {
    /**
     * Turns to the draft of the page, or to that of a link.
     * @param {string} [link] what the link carries
     * @returns {Promise<{ draft: Draft | undefined, lost: [key: string, draft: Draft][] }>} the draft, and what tabs saved beside it that are gone
     */
    async open(link) {
      await save();
      [slot, split, revision, same] = [link === undefined ? "page" : `link ${link}`, false, 0, EMPTY];
      try {
        const all = /** @type {[string, Draft][]} */ (await entries(store));
        const links = all.filter(([key]) => key.startsWith("link ")).sort(([, a], [, b]) => b.saved - a.saved);
        for (const [key] of links.slice(MOST)) await del(key, store);
        const kept = all.find(([key]) => key === slot)?.[1];
        revision = kept?.revision ?? 0;
        if (kept) same = JSON.stringify(kept.changes);
        return { draft: kept, lost: all.filter(([key]) => key.startsWith(`${slot}~`)) };
      } catch (why) {
        failed(why);
        return { draft: undefined, lost: [] };
      }
    },
    /** Keeps these changes, after a pause. @param {Changes} changes */
    keep(changes) {
      const now = JSON.stringify(changes);
      if (now === same) return;
      same = now;
      unsaved = changes;
      clearTimeout(pause);
      pause = setTimeout(() => { void save(); }, PAUSE);
    },
    /**
     * This tab has taken over the draft of the other one, or goes on with its own: then its own takes the place of the other's.
     * @param {Draft} other
     * @param {Changes} [own]
     */
    async settle(other, own) {
      [revision, split, same] = [other.revision, false, JSON.stringify(other.changes)];
      unsaved = undefined;
      await del(beside(), store).catch(failed);
      if (own) { unsaved = own; await save(); }
    },
    /** Throws away what a tab saved beside the draft. @param {string} key */
    async drop(key) { await del(key, store).catch(failed); },
  };
}
