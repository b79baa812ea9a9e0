// What the elements share: a shadow root with constructed style sheets, the language, one's own zone, the engine, redrawing and one live region.

import { engineOf } from "./engine.js";
import { make } from "./make.js";
import { WORDS, languageOf } from "./words.js";

/** @import { Book, MomentInput, Rulebook } from "../cadans.js" */
/** @import { Engine } from "../element.js" */

/** Outside a browser there are no elements, and importing them does nothing. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

const MINUTE = 60_000;

/** An element that asks nothing yet: its language, its root, and its one sentence for those who listen. */
export class PlainElement extends Base {
  static observedAttributes = ["lang"];

  /** @type {ShadowRoot} */
  root = this.attachShadow({ mode: "open" });
  #said = make("p", { role: "status", class: "quiet" });
  /** Holds the content, in the language that it is in. */
  #page = make("div");
  /** @type {Promise<void> | undefined} */
  #coming;
  #turn = 0;

  /**
   * @param {CSSStyleSheet[]} sheets
   * @param {Node[]} content
   */
  fill(sheets, ...content) {
    this.root.adoptedStyleSheets = sheets;
    this.#page.append(...content, this.#said);
    this.root.append(this.#page);
  }

  connectedCallback() {
    void this.refresh();
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    void name;
    void this.refresh();
  }

  /** en or nl: by the attribute, else by that of what the element is in, else by the browser. */
  get language() {
    /** @type {Element | null} */
    let place = this;
    while (place) {
      const found = place.closest("[lang]");
      if (found) return languageOf(found.getAttribute("lang") ?? undefined);
      const root = place.getRootNode();
      place = root instanceof ShadowRoot ? root.host : null;
    }
    return languageOf(navigator.language);
  }

  get words() {
    return WORDS[this.language];
  }

  /** Asks and draws again: once, however often it is called before that. */
  refresh() {
    this.#coming ??= Promise.resolve().then(async () => {
      this.#coming = undefined;
      if (!this.isConnected) return;
      this.#turn += 1;
      this.#page.lang = this.language;
      try {
        await this.update(this.#turn);
      } catch (error) {
        this.fail(error);
      }
    });
    return this.#coming;
  }

  /**
   * Whether nothing newer was asked since: an answer that came too late is not drawn.
   * @param {number} turn
   */
  isNewest(turn) {
    return turn === this.#turn && this.isConnected;
  }

  /**
   * Asks and draws.
   * @param {number} turn
   * @returns {void | Promise<void>}
   */
  update(turn) {
    void turn;
  }

  /**
   * Shows that something failed.
   * @param {unknown} error
   */
  fail(error) {
    const message = error instanceof Error ? error.message : String(error);
    this.say(message);
    this.tell("cadans-error", { message, error });
  }

  /**
   * One sentence for those who listen.
   * @param {string} sentence
   */
  say(sentence) {
    this.#said.textContent = sentence;
  }

  /**
   * Dispatches an event; false when a listener cancelled it.
   * @param {string} name
   * @param {unknown} detail
   */
  tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  /**
   * Takes over properties that were set before the element was known to the browser.
   * @param {string[]} names
   */
  upgrade(names) {
    for (const name of names) {
      if (!Object.hasOwn(this, name)) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  /**
   * @param {string} name
   * @param {string | undefined} value
   */
  reflect(name, value) {
    if (value === undefined || value === null) this.removeAttribute(name);
    else if (this.getAttribute(name) !== value) this.setAttribute(name, value);
  }
}

/** An element that asks an engine about a moment. */
export class AskingElement extends PlainElement {
  static observedAttributes = ["lang", "zone", "lead"];

  /** @type {Engine | undefined} */
  #engine;
  /** @type {Rulebook | undefined} */
  #rulebook;
  /** @type {Book | undefined} */
  #book;
  /** @type {MomentInput | undefined} */
  #now;
  /** @type {Engine | undefined} */
  #heard;
  /** @type {(() => void) | undefined} */
  #deaf;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #clock;

  connectedCallback() {
    this.upgrade(["engine", "rulebook", "book", "now", "lead", "rep"]);
    super.connectedCallback();
    this.#wind();
  }

  disconnectedCallback() {
    this.#deaf?.();
    this.#heard = this.#deaf = undefined;
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  get engine() {
    return this.#engine;
  }

  set engine(engine) {
    this.#engine = engine;
    void this.refresh();
  }

  get rulebook() {
    return this.#rulebook;
  }

  set rulebook(rulebook) {
    this.#rulebook = rulebook;
    void this.refresh();
  }

  get book() {
    return this.#book;
  }

  set book(book) {
    this.#book = book;
    void this.refresh();
  }

  get now() {
    return this.#now;
  }

  set now(now) {
    this.#now = now;
    this.#wind();
    void this.refresh();
  }

  get lead() {
    return this.getAttribute("lead") ?? undefined;
  }

  set lead(lead) {
    this.reflect("lead", lead);
  }

  /** One's own time zone. */
  get zone() {
    return this.getAttribute("zone") || Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  /** The moment that is asked about, in milliseconds since 1970. */
  get moment() {
    if (this.#now === undefined) return Date.now();
    return typeof this.#now === "number" ? this.#now : new Date(this.#now).getTime();
  }

  /** The engine to ask; its news make the element draw again. */
  get source() {
    const source = this.#engine ?? (this.#rulebook && this.#book ? engineOf(this.#rulebook, this.#book) : undefined);
    if (source !== this.#heard) {
      this.#deaf?.();
      this.#heard = source;
      this.#deaf = source?.subscribe?.(() => void this.refresh());
    }
    return source;
  }

  /** Without a moment of the host's own, time passes. */
  #wind() {
    clearInterval(this.#clock);
    this.#clock = this.isConnected && this.#now === undefined ? setInterval(() => void this.refresh(), MINUTE) : undefined;
  }
}
