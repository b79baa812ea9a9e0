// Handing rules on and taking them in: files, links, drafts, and the report of a problem.

import { byId } from "../element.js";
import { saveFile } from "../save.js";
import { address } from "../state.js";
import { language, onLanguage, t } from "../wording/index.js";
import { drafts } from "./drafts.js";
import { ruleFiles } from "./files.js";
import { BadLink, LONGEST, pack as packLink, unpack } from "./link.js";
import { notice, unnotice } from "./notice.js";
import { nameOf } from "./packs.js";
import { received, settingsOf } from "./received.js";
import { problemText } from "./report.js";

/** @import { Explanation, PackFile } from "../lib/cadans.js" */
/** @import { View } from "../state.js" */
/** @import { Incoming } from "./files.js" */
/** @import { manager } from "./index.js" */
/** @import { Changes } from "./rules.js" */

/**
 * What the page tells of itself.
 * @typedef {object} Told
 * @property {Map<string, string>} shipped
 * @property {() => View} view
 * @property {() => boolean} isSample whether the leads are those that come with the page: their ids may be in a link
 * @property {() => string} versions
 * @property {() => { explanation: Explanation, names: Iterable<string> } | undefined} lead
 * @property {(sentence: string, bad?: boolean) => void} say
 */

/** A name for a file, of letters that every system takes. @param {string} name */
const fileName = (name) => name.normalize("NFKD").replaceAll(/[^\w .-]+/g, "").trim().replaceAll(/\s+/g, "-").toLowerCase().slice(0, 80) || "rules";

/** @param {number} at */
const clock = (at) => new Date(at).toLocaleString(language(), { dateStyle: "medium", timeStyle: "short" });

/**
 * @param {ReturnType<typeof manager>} author
 * @param {Told} page
 */
export function share(author, page) {
  const { rules, authors } = author;
  /** What the link that was opened carries. @type {string | undefined} */
  let link;
  /** Nothing is kept while something is being opened. */
  let opening = true;
  const kept = drafts({
    newer: (draft) => notice("draft", t("author.otherTab", { at: clock(draft.saved) }), [
      [t("author.takeOther"), () => { take(draft.changes); void kept.settle(draft); }],
      [t("author.keepMine"), () => { void kept.settle(draft, rules.changes()); }],
    ]),
    failed: () => notice("draft", t("author.noDrafts")),
  });

  /** @param {Changes} changes */
  function take(changes) {
    rules.take(changes);
    author.renew();
  }

  /**
   * Opens what a link carries, or the draft of the page where there is none.
   * @param {string | undefined} carried
   */
  async function open(carried) {
    opening = true;
    unnotice("link");
    /** @type {Changes | undefined} */
    let changes;
    if (carried !== undefined) {
      try {
        changes = await unpack(carried, page.shipped);
      } catch (fault) {
        const { reason, file } = fault instanceof BadLink ? fault : new BadLink("linkDamaged");
        notice("link", t(`author.${reason}`, { file }));
      }
    }
    link = changes && carried;
    const { draft, lost } = await kept.open(link);
    const start = draft?.changes ?? changes;
    if (start) take(start);
    else if (Object.keys(rules.changes().edits).length) take({ edits: {}, own: {}, settings: {} });
    opening = false;
    if (changes) notice("link", t(draft ? "author.linkDraft" : "author.linkOpened", { n: Object.keys(changes.edits).length + Object.keys(changes.own).length }), [[t("author.linkBack"), () => { void leave(); }]]);
    for (const [key, one] of lost) {
      notice("lost", t("author.lostDraft", { at: clock(one.saved) }), [
        [t("author.openDraft"), () => { take(one.changes); void kept.drop(key); }], [t("author.dropDraft"), () => { void kept.drop(key); }],
      ]);
    }
  }

  /** Back from the rules of a link to one's own. */
  async function leave() {
    link = undefined;
    rules.take({ edits: {}, own: {}, settings: {} });
    await open(undefined);
    author.renew();
  }

  /** The address of a link with the rules as they are; `undefined` where it would be too long. */
  async function linkAddress() {
    author.read();
    const changes = rules.changes();
    const isPlain = !Object.keys(changes.edits).length && !Object.keys(changes.own).length && !Object.keys(changes.settings).length && !changes.force;
    const carried = isPlain ? undefined : await packLink(changes, page.shipped);
    const { lead, ...view } = page.view();
    const words = `${location.origin}${location.pathname}${address({ ...view, lead: page.isSample() ? lead : undefined, rules: carried })}`;
    return words.length > LONGEST ? undefined : words;
  }

  /** @param {string} text @param {string} done */
  async function copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
      page.say(done);
    } catch {
      // Where the clipboard may not be written, the text is there to copy by hand.
      show(t("author.copyByHand"), text);
    }
  }

  /** @param {string} title @param {string} text */
  function show(title, text) {
    const dialog = byId("shown", HTMLDialogElement);
    byId("shown-title", HTMLElement).textContent = title;
    byId("shown-text", HTMLTextAreaElement).value = text;
    dialog.showModal();
  }

  /** @param {(address: string) => string} form @param {string} done */
  async function copyLink(form, done) {
    if (rules.isRulebook()) return page.say(t("author.noLinkOfRulebook"), true);
    const made = await linkAddress();
    if (made === undefined) return notice("link", t("author.linkTooLong"), [[t("author.savePack"), () => { void savePack(); }], [t("author.saveAll"), () => { void saveAll(); }]]);
    await copy(form(made), done);
  }

  const packName = () => nameOf(author.pack(), rules.textOf(author.pack()));

  async function savePack() {
    author.read();
    const file = author.pack().split("/").at(-1) ?? "rules.rhai";
    if (await saveFile(file, rules.textOf(author.pack()), t("author.kindRules"))) page.say(t("author.saved", { file }));
  }

  /** The pack on the screen with all that it needs, as one file to hand over. */
  async function saveAll() {
    author.read();
    const { packs } = rules.now();
    const [flat, chosen] = [packs.map(bare), author.pack()];
    try {
      const { file, refused, errors = [], failed = [] } = await authors.ask("packFile", {
        packs: [bare({ file: chosen, text: rules.textOf(chosen) })],
        options: { beside: flat, settings: settingsWithin(rules.settings(), packName()), language: language() },
      });
      if (!file) {
        const [error] = errors;
        const why = refused ? `${refused.message}. ${refused.help}` : error ? `${t("author.inLine", { what: t("author.error"), line: String(error.span.line) })}: ${error.message}` : t("author.examplesFail", { n: failed.length, of: failed.length });
        return page.say(t("author.notPacked", { why }), true);
      }
      const name = `${fileName(file.header.name)}.cadans`;
      if (await saveFile(name, file.text, t("author.kindHandover"))) page.say(t("author.savedHash", { file: name, hash: file.sha256 }));
    } catch (fault) {
      page.say(t("author.notPacked", { why: Object(fault).message }), true);
    }
  }

  async function reportProblem() {
    author.read();
    const { packs } = rules.now();
    const hashes = await authors.ask("hashes", { texts: packs.map(({ text }) => text) }).catch(() => packs.map(() => "-"));
    const made = rules.isRulebook() ? undefined : await linkAddress();
    show(t("author.report"), problemText({
      question: t("author.reportQuestion"), versions: page.versions(), now: page.view().now, settings: rules.settings(), lead: page.lead(), link: made,
      packs: packs.map(({ file, text }, nth) => ({ name: `${nameOf(file, text)} ${/version:\s*"([^"]+)"/.exec(text)?.[1] ?? ""}`.trim(), sha256: hashes[nth] ?? "-", changed: rules.isChanged(file) })),
      findings: author.findings().map(({ file, span, code, message }) => `${file}:${span.line} ${code}: ${message}`),
    }));
  }

  /** @param {Incoming[]} files */
  async function receive(files) {
    const handover = files.find(({ name }) => /\.cadans$/i.test(name));
    const packs = files.filter((file) => file !== handover).map(({ name, text }) => bare({ file: name, text }));
    const name = handover?.name ?? files.map((file) => file.name).join(", ");
    page.say(t("author.readingRules", { file: name }));
    try {
      let text = handover?.text;
      if (text === undefined) {
        const beside = [...rules.texts()].map(([file]) => bare({ file, text: rules.textOf(file) })).filter(({ file }) => !packs.some((one) => one.file === file));
        const { file, refused, errors = [], failed = [] } = await authors.ask("packFile", { packs, options: { beside, language: language() } });
        if (!file) {
          const failures = failed.map((one) => ({ span: one.span, message: `${one.name}: ${(one.differs ?? []).join(", ")}` }));
          return settle(await received({ name, ...(refused && { refused }), errors: /** @type {any} */ ([...errors, ...failures]), packs, replaces: replaced(packs) }), packs, {});
        }
        text = file.text;
      }
      const { now } = page.view();
      const { report, refused } = await authors.ask("receive", { file: text, options: { ...(now && { now }), language: language() } });
      if (!report) return settle(await received({ name, ...(refused && { refused }), packs: [], replaces: [] }), [], {});
      const arrived = report.acceptance.files.map(({ path, text: words }) => placed({ file: path.split("/").at(-1) ?? path, text: words }));
      const before = rules.now();
      const after = { packs: [...arrived, ...before.packs.filter(({ file }) => !arrived.some((one) => one.file === file))], options: before.options };
      const compared = now ? await authors.ask("compare", { before, after, now, language: language() }).catch(() => undefined) : undefined;
      settle(await received({ name, report, packs: arrived, replaces: replaced(arrived), ...(compared && { compared }) }), arrived, settingsOf(report));
    } catch (fault) {
      page.say(t("author.notReceived", { file: name, why: Object(fault).message }), true);
    }
  }

  /** The name of a file without folders, as files to hand over have it. @param {PackFile} pack */
  function bare({ file, text }) {
    const name = (file.split(/[/\\]/).at(-1) ?? file).replaceAll(/[^\p{L}\p{N} _.-]/gu, "-");
    return { file: /\.rhai$/i.test(name) ? name : `${name}.rhai`, text };
  }

  /** A pack of the page that lies in a folder, found by its name without it. @param {PackFile} pack */
  const placed = ({ file, text }) => ({ file: [...page.shipped.keys()].find((one) => one.endsWith(`/${file}`)) ?? file, text });

  /** Packs that are there with another text, by what they are called. @param {PackFile[]} packs */
  const replaced = (packs) => packs.filter(({ file, text }) => rules.texts().has(file) && rules.textOf(file) !== text).map(({ file }) => nameOf(file, rules.textOf(file)));

  /**
   * @param {"force" | "look" | "leave"} choice
   * @param {PackFile[]} packs
   * @param {Changes["settings"]} settings
   */
  function settle(choice, packs, settings) {
    page.say(t(choice === "force" ? "author.nowInForce" : choice === "look" ? "author.nowOpen" : "author.leftOut"));
    const [first] = packs;
    if (choice === "leave" || !first) return;
    author.arrived(packs, choice === "force", settings);
  }

  /** @param {string} id @param {() => unknown} act */
  const button = (id, act) => byId(id, HTMLButtonElement).addEventListener("click", () => {
    byId("share", HTMLDetailsElement).open = false;
    void act();
  });
  button("save-pack", savePack);
  button("save-all", saveAll);
  button("copy-link", () => copyLink((made) => made, t("author.copied")));
  button("copy-markdown", () => copyLink((made) => `[Cadans: ${packName().replaceAll(/[[\]\\]/g, "")}](${made})`, t("author.copied")));
  button("report", reportProblem);
  byId("shown-copy", HTMLButtonElement).addEventListener("click", () => { void copy(byId("shown-text", HTMLTextAreaElement).value, t("author.copied")); byId("shown", HTMLDialogElement).close(); });
  byId("shown-close", HTMLButtonElement).addEventListener("click", () => byId("shown", HTMLDialogElement).close());
  ruleFiles((files) => { void receive(files); }, (sentence) => page.say(sentence, true));
  onLanguage(() => { byId("notices", HTMLElement).replaceChildren(); });

  return {
    open,
    /** What the link that was opened carries, for the address. */
    link: () => link,
    /** The rules are others: the draft is kept. */
    keep() { if (!opening && !rules.isRulebook()) kept.keep(rules.changes()); },
  };
}

/** Settings of one pack, by their names alone. @param {Record<string, import("../lib/cadans.js").SettingValue>} settings @param {string} name */
const settingsWithin = (settings, name) => Object.fromEntries(Object.entries(settings).filter(([key]) => key.startsWith(`${name}/`)));
