// The page's tools for an assistant in the browser (WebMCP, document.modelContext): what is to be done, why, and what is wrong with rules. They only read.

/** @import { Advice, Diagnostic, Explanation } from "../lib/cadans.js" */

/**
 * What the page can tell.
 * @typedef {object} Told
 * @property {(count: number, rep: string | undefined) => Promise<Advice[]>} queue the first of the queue, or of that of one rep
 * @property {(lead: string) => Promise<Explanation | undefined>} explain
 * @property {(text: string) => Promise<Diagnostic[]>} check
 */

/**
 * A tool as WebMCP takes it.
 * @typedef {object} Tool
 * @property {string} name
 * @property {string} description
 * @property {object} inputSchema
 * @property {{ readOnlyHint: boolean, untrustedContentHint: boolean }} annotations
 * @property {(input: any) => Promise<{ content: { type: "text", text: string }[] }>} execute
 */

// Names of leads and reasons in rules were written by others.
const annotations = { readOnlyHint: true, untrustedContentHint: true };

/** @param {unknown} value */
const answer = (value) => ({ content: [{ type: /** @type {const} */ ("text"), text: JSON.stringify(value) }] });

/**
 * Offers the tools, where the browser takes them.
 * @param {Told} told
 * @returns {boolean} whether it does
 */
export function offerTools({ queue, explain, check }) {
  const context = /** @type {{ modelContext?: { registerTool?: (tool: Tool) => unknown } }} */ (document).modelContext;
  if (!context?.registerTool) return false;
  /** @type {Tool[]} */
  const tools = [
    {
      name: "decide", annotations, description: "The next best contact for the leads on this page, most urgent first: channel, person, time and reason.",
      inputSchema: { type: "object", properties: { limit: { type: "integer", minimum: 1, maximum: 100 }, rep: { type: "string", description: "Only leads of the rep with this id" } } },
      execute: async ({ limit = 10, rep }) => answer(await queue(Math.min(100, Math.max(1, Math.trunc(Number(limit) || 10))), typeof rep === "string" ? rep : undefined)),
    },
    {
      name: "explain", annotations, description: "Why this is the advice for one lead: the rules that held or nearly held, and what was held back until when.",
      inputSchema: { type: "object", properties: { lead: { type: "string", description: "The id of the lead, as decide gives it" } }, required: ["lead"] },
      execute: async ({ lead }) => answer((await explain(String(lead))) ?? { error: "There is no lead with this id" }),
    },
    {
      name: "check", annotations, description: "What is wrong with the text of a rule pack, beside the packs that are in force; each finding with its place, reason and fix.",
      inputSchema: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
      execute: async ({ text }) => answer(await check(String(text).slice(0, 1 << 20))),
    },
  ];
  for (const tool of tools) context.registerTool(tool);
  return true;
}
