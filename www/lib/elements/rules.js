// `<cadans-rules>`: rule files as text, with what was found at its lines, fixes, and the settings of the packs.

import { PlainElement } from "./base.js";
import { make } from "./make.js";
import { settingRow } from "./setting.js";
import { WORST_FIRST, ruleSheet } from "./sheet.js";
import { RULES, SHARED } from "./styles.js";

/** @import { Diagnostic, PackFile, RuleRef, SettingInForce, SettingValue } from "../cadans.js" */
/** @import { Answer, Question } from "./rules-worker.js" */

/** A sentence of the engine's with its full stop. @param {string} sentence */
const ended = (sentence) => (/[.?!]$/.test(sentence) ? sentence : `${sentence}.`);

/** How long the text rests before it is checked, in milliseconds. */
const REST = 150;

export class RulesElement extends PlainElement {
  static observedAttributes = ["lang", "file"];

  #sheet = ruleSheet(() => this.#typed());
  #select = make("select", { name: "file", onchange: () => { this.file = this.#select.value; } });
  #choice = make("label", { class: "field" }, make("span"), this.#select);
  #layout = make("button", { type: "button", part: "action", onclick: () => this.#ask({ layout: true }) });
  #count = make("p", { id: "count", role: "status", part: "count" });
  #list = make("ol", { class: "findings", part: "findings" });
  #settings = make("details", { part: "settings" });
  /** @type {PackFile[]} */
  #packs = [];
  /** @type {Record<string, SettingValue>} */
  #overrides = {};
  /** @type {Diagnostic[]} */
  #diagnostics = [];
  /** @type {Worker | undefined} */
  #worker;
  #turnAsked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;
  /** The settings on the screen, so that a slider is not replaced under the hand that moves it. */
  #drawn = "";

  constructor() {
    super();
    this.fill([SHARED, RULES], make("div", { class: "bar" }, this.#choice, this.#layout), this.#sheet.frame, this.#count, this.#list, this.#settings);
  }

  connectedCallback() {
    this.upgrade(["packs", "file", "overrides"]);
    super.connectedCallback();
  }

  disconnectedCallback() {
    clearTimeout(this.#resting);
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  get packs() {
    return this.#packs;
  }

  set packs(packs) {
    this.#packs = packs.map(({ file, text }) => ({ file, text }));
    void this.refresh();
  }

  get overrides() {
    return this.#overrides;
  }

  set overrides(overrides) {
    this.#overrides = { ...overrides };
    this.#drawn = "";
    void this.refresh();
  }

  get file() {
    return this.getAttribute("file") ?? undefined;
  }

  set file(file) {
    this.reflect("file", file);
  }

  get diagnostics() {
    return this.#diagnostics;
  }

  /** The pack in the editor. */
  get #pack() {
    return this.#packs.find(({ file }) => file === this.file) ?? this.#packs[0];
  }

  /** Puts the caret on a rule. @param {Pick<RuleRef, "file" | "span">} rule */
  show({ file, span }) {
    if (!this.#packs.some((pack) => pack.file === file)) return;
    this.file = file;
    this.update();
    this.#sheet.select(span);
  }

  update() {
    const { words, language } = this;
    const pack = this.#pack;
    this.#layout.textContent = words.RULES.layout;
    this.#sheet.text.setAttribute("aria-label", words.RULES.text);
    /** @type {HTMLElement} */ (this.#choice.firstElementChild).textContent = words.RULES.file;
    this.#choice.hidden = this.#packs.length < 2;
    this.#select.replaceChildren(...this.#packs.map(({ file }) => make("option", { value: file, selected: file === pack?.file }, file)));
    this.#sheet.set(pack?.text ?? "");
    if (this.#drawn && !this.#drawn.startsWith(language)) this.#drawn = "";
    if (!this.#count.textContent) this.#count.textContent = words.RULES.loading;
    this.#show();
    this.#check();
  }

  /** The user typed. */
  #typed() {
    const pack = this.#pack;
    if (!pack) return;
    pack.text = this.#sheet.text.value;
    this.#changed(false);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#check(), REST);
  }

  /** @param {boolean} checked */
  #changed(checked) {
    this.tell("cadans-change", {
      packs: this.#packs.map((pack) => ({ ...pack })), overrides: { ...this.#overrides }, diagnostics: checked ? this.#diagnostics : [], checked,
    });
  }

  #check() {
    clearTimeout(this.#resting);
    if (this.#packs.length) this.#ask({});
  }

  /** @param {Pick<Question, "layout">} what */
  #ask(what) {
    const pack = this.#pack;
    if (!pack || !this.isConnected) return;
    this.#worker ??= this.#start();
    this.#turnAsked += 1;
    /** @type {Question} */
    const question = { turn: this.#turnAsked, packs: this.#packs, file: pack.file, overrides: this.#overrides, language: this.language, ...what };
    this.#worker.postMessage(question);
  }

  #start() {
    const worker = new Worker(new URL("./rules-worker.js", import.meta.url), { type: "module" });
    worker.onmessage = (/** @type {MessageEvent<Answer>} */ { data }) => this.#answered(data);
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      if (this.#worker === worker) this.#worker = undefined; // the next change starts another
      this.#failed(event.message || "the worker did not start");
    };
    return worker;
  }

  /** @param {Answer} answer */
  #answered({ turn, colours, found, layout, failed }) {
    if (turn !== this.#turnAsked) return;
    if (failed !== undefined) return this.#failed(failed);
    if (colours) this.#sheet.colour(this.#sheet.text.value, colours);
    if (layout) {
      if (layout.text === undefined) this.say(this.words.RULES.noLayout);
      else if (layout.text !== this.#sheet.text.value) this.#sheet.replace(layout.text);
      return;
    }
    if (!found) return;
    if (found.refused !== undefined) {
      this.#overrides = {};
      this.say(found.refused);
    }
    const rank = (/** @type {Diagnostic} */ { severity }) => WORST_FIRST.indexOf(severity);
    this.#diagnostics = found.diagnostics.toSorted((one, other) => rank(one) - rank(other));
    this.#show();
    this.#showSettings(found.settings);
    this.#tellCount();
    this.#changed(true);
  }

  /** @param {string} why */
  #failed(why) {
    this.#count.textContent = this.words.RULES.failed(why);
    this.#count.className = "error";
    this.tell("cadans-error", { message: why, error: new Error(why) });
  }

  #tellCount() {
    const { RULES: words } = this.words;
    const errors = this.#diagnostics.filter(({ severity }) => severity === "error").length;
    const others = this.#diagnostics.length - errors;
    const said = errors ? words.errors(errors) : others ? words.remarks(others) : words.none;
    // Said once: a region that is written anew with the same words is read out again.
    if (this.#count.textContent !== said) this.#count.textContent = said;
    this.#count.className = errors ? "error" : "";
  }

  /** Shows what was found: in this file under the text and at its lines, in others by the name of their file. */
  #show() {
    const { words } = this;
    const file = this.#pack?.file;
    this.#sheet.mark(this.#diagnostics.filter((one) => one.file === file));
    this.#list.setAttribute("aria-label", words.RULES.findings);
    this.#list.hidden = !this.#diagnostics.length;
    this.#list.replaceChildren(...this.#diagnostics.map((one) => this.#finding(one, file)));
  }

  /** @param {Diagnostic} finding @param {string | undefined} file */
  #finding({ severity, file: at, span, message, why, help, related = [], fix }, file) {
    const { words } = this;
    const place = `${words.RULES.at(words.SEVERITIES[severity], span.line)}${at === file ? "" : ` (${at})`}`;
    return make("li", { class: severity, part: `finding ${severity}` },
      make("button", { type: "button", class: "link", onclick: () => this.show({ file: at, span }) }, place),
      make("p", {}, ended(message)), why && make("small", {}, ended(why)), help && make("small", {}, ended(help)),
      ...related.map((other) => make("small", {}, make("button", { type: "button", class: "link", onclick: () => this.show(other) }, other.message), ". ")),
      fix && at === file && make("button", { type: "button", part: "action fix", onclick: () => this.#sheet.mend(fix) }, fix.title));
  }

  /** @param {SettingInForce[]} all */
  #showSettings(all) {
    const { words, language } = this;
    // Values for the leads of one rep are set in the layer of that rep.
    const shown = all.filter(({ rep }) => rep === undefined);
    const drawn = `${language} ${JSON.stringify(shown.map(({ value: _, span: __, ...rest }) => rest))}`;
    this.#settings.hidden = !shown.length;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    let nth = 0;
    this.#settings.replaceChildren(make("summary", {}, `${words.RULES.settings} (${shown.length})`), ...[...Map.groupBy(shown, ({ pack }) => pack)].map(([pack, inside]) =>
      make("fieldset", {}, make("legend", {}, pack), make("ul", {}, inside.map((one) =>
        settingRow(one, `setting-${nth++}`, words, (value) => this.#choose(one, value)))))));
  }

  /** @param {SettingInForce} setting @param {SettingValue | undefined} value */
  #choose({ pack, name, written }, value) {
    const { [`${pack}/${name}`]: _, ...others } = this.#overrides;
    const isBack = value === undefined || value === written;
    this.#overrides = isBack ? others : { ...others, [`${pack}/${name}`]: value };
    if (value === undefined) this.#drawn = "";
    this.#changed(false);
    this.#check();
  }
}
