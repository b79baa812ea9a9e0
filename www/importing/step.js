// The step between files of leads and the page: what they are, which column is what, the first leads as they will be read, and what was refused. Until the user
// says so nothing of the page is replaced.

import { ownZone } from "../day/moments.js";
import { byId, element } from "../element.js";
import { momentWords } from "../lib/elements/times.js";
import { saveFile } from "../save.js";
import { language, number, t, word } from "../wording/index.js";
import { shortened } from "../words.js";
import { FORMATS, TARGETS, commasOf, formatOf, targetsOf } from "./guess.js";

/** @import { Lead } from "../lib/cadans.js" */
/** @import { Key } from "../wording/index.js" */
/** @import { Target } from "./guess.js" */
/** @import { Asked, Kind, Looked, Reading, Way } from "./worker.js" */

/** The kinds that may be chosen; an event log needs a mapping that came along. @type {Kind[]} */
const KINDS = ["leads", "csv", "hubspot", "salesforce", "pipedrive", "segment", "mautic"];
/** A pause between choices, in milliseconds. */
const PAUSE = 150;
/** Refusals that are listed. */
const LISTED = 50;

/** Starts the worker; what asks it, and what ends it. */
function reader() {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let numbers = 0;
  worker.onmessage = ({ data: { id, value, error } }) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error !== undefined) one?.reject(new Error(error));
    else one?.resolve(value);
  };
  worker.onerror = (event) => { event.preventDefault(); for (const { reject } of waiting.values()) reject(new Error(event.message)); };
  return {
    /** @template {keyof Asked} Name @param {Name} kind @param {Parameters<Asked[Name]>[0]} body @returns {Promise<Awaited<ReturnType<Asked[Name]>>>} */
    ask: (kind, body) => new Promise((resolve, reject) => { waiting.set(++numbers, { resolve, reject }); worker.postMessage({ id: numbers, kind, body }); }),
    end: () => worker.terminate(),
  };
}

/** @param {Lead} lead */
function leadRow({ id, name, account, people = [], country, stage, owner, value, signals = [] }) {
  const newest = signals.map(({ at }) => at).sort((one, other) => Date.parse(other) - Date.parse(one))[0];
  const persons = people.map((person) => [shortened(person.name ?? person.id), ...(person.roles ?? []).map((role) => word("role", role)), ...(person.channels ?? []).map((channel) => word("channel", channel))].join(", "));
  const cells = [
    persons.join("; "), country ?? account?.country ?? "", stage ? word("stage", stage) : "", value === undefined ? "" : number(value), owner ?? "",
    newest === undefined ? "" : t("import.happened", { n: signals.length, at: momentWords(newest, Date.now(), ownZone, language()) }),
  ];
  return element("tr", {}, element("th", { scope: "row" }, shortened(name ?? account?.name ?? id), element("small", {}, shortened(id))), cells.map((text) => element("td", {}, text)));
}

/**
 * Shows the step for these files.
 * @param {File[]} files
 * @returns {Promise<{ name: string, file: Blob } | undefined>} a lead file to use, or nothing
 */
export async function importStep(files) {
  const dialog = byId("own", HTMLDialogElement);
  const name = files.map((file) => file.name).join(", ");
  const { ask, end } = reader();
  const status = element("p", { role: "status" }, t("import.looking"));
  const body = element("div", { class: "import" });
  /** @type {Reading | undefined} */
  let reading;
  const use = element("button", { type: "button", class: "main", disabled: true, onclick: () => dialog.close("use") }, t("import.use", { n: 0 }));
  const save = element("button", {
    type: "button", hidden: true, onclick: () => { void saveFile("mapping.json", `${JSON.stringify(reading?.used, null, 2)}\n`, "JSON"); },
  }, t("import.saveMapping"));
  dialog.replaceChildren(
    element("h2", { id: "own-title" }, t("import.title", { files: name })), element("p", {}, t("import.nothingYet")), status, body,
    element("p", { class: "choices" }, use, save, element("button", { type: "button", onclick: () => dialog.close("") }, t("import.leave"))));
  dialog.returnValue = "";
  dialog.showModal();
  const closed = new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));

  const shown = element("div", { class: "read" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  let reads = 0;
  /** @param {Way} way */
  async function read(way) {
    const mine = ++reads;
    status.textContent = t("import.reading");
    use.disabled = true;
    try {
      const answer = await ask("read", { ...way, language: language() });
      if (mine !== reads) return;
      reading = answer;
      show(answer);
    } catch (fault) {
      if (mine === reads) fail(Object(fault).message);
    }
  }

  /** @param {string} why */
  function fail(why) {
    status.textContent = t("import.failed", { why });
    shown.replaceChildren();
  }

  /** @param {Reading} answer */
  function show({ first, size, refused, refusals, mapping, used }) {
    status.textContent = mapping.length ? t("import.mappingWrong", { n: mapping.length }) : [t("import.willBe", { n: size }), refusals > 0 && t("import.refused", { n: refusals })].filter(Boolean).join(" ");
    use.disabled = size === 0;
    use.textContent = t("import.use", { n: size });
    save.hidden = used === undefined;
    const titles = [t("import.lead"), t("import.people"), t("import.country"), t("import.stage"), t("import.value"), t("import.owner"), t("import.signals")];
    shown.replaceChildren(
      ...(mapping.length ? [element("ul", { class: "error" }, mapping.map(({ path, reason }) => element("li", {}, path && element("code", {}, path), path && ": ", reason)))] : []),
      ...(first.length ? [element("h3", {}, t("import.first", { n: first.length })), element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": t("import.first", { n: first.length }) }, element("table", {},
        element("thead", {}, element("tr", {}, titles.map((title) => element("th", { scope: "col" }, title)))), element("tbody", {}, first.map(leadRow))))] : []),
      ...(refusals ? [element("h3", {}, t("import.refusedTitle")), element("ul", { class: "refusals" },
        refused.slice(0, LISTED).map(({ lead, line, path, reason }) => element("li", {}, element("strong", {}, lead ?? (line ? t("leads.line", { line }) : t("leads.theFile"))), ": ", path && element("code", {}, path), path && ": ", reason)),
        refusals > LISTED && element("li", {}, t("leads.more", { n: refusals - LISTED })))] : []));
  }

  try {
    const looked = await ask("look", files);
    if (dialog.open) {
      const way = form(looked, body, (next) => { clearTimeout(pause); pause = setTimeout(() => { void read(next); }, PAUSE); });
      body.append(shown);
      void read(way);
    }
  } catch (fault) {
    fail(Object(fault).message);
  }
  await closed;
  clearTimeout(pause);
  end();
  return dialog.returnValue === "use" && reading?.file ? { name, file: reading.file } : undefined;
}

/**
 * The choices: what the files are and, for a table of one's own, what each column is. Calls `changed` with the way that is chosen.
 * @param {Looked} looked
 * @param {HTMLElement} body
 * @param {(way: Way) => void} changed
 * @returns {Way} the way that was guessed
 */
function form({ kind, table, files, mapped }, body, changed) {
  const { header = [], rows = [] } = table ?? {};
  const targets = targetsOf(header);
  const columns = { targets, format: formatOf(rows, targets), zone: ownZone, commas: commasOf(rows, targets) };
  let chosen = kind;
  const way = () => (chosen === "csv" && table && !mapped ? { kind: chosen, columns } : { kind: chosen });
  /**
   * A list of choices with its label.
   * @param {string} id @param {string} label @param {[value: string, text: string][]} choices @param {string} value @param {(value: string) => void} take
   */
  const select = (id, label, choices, value, take) => {
    const box = element("select", { id }, choices.map(([one, text]) => element("option", { value: one }, text)));
    box.value = value;
    box.addEventListener("change", () => { take(box.value); changed(way()); });
    return element("p", {}, element("label", { for: id }, label), " ", box);
  };

  const [zones, formats] = [Intl.supportedValuesOf("timeZone"), FORMATS.map(([format]) => format)];
  const all = targets.map((target, at) => {
    const box = element("select", { id: `column-${at}`, "aria-label": t("import.columnIs", { column: header[at] ?? "" }) }, TARGETS.map((one) =>
      element("option", { value: one }, t(/** @type {Key} */ (`import.${one.replace(".", "_")}`)))));
    box.value = target;
    box.addEventListener("change", () => { targets[at] = /** @type {Target} */ (box.value); changed(way()); });
    const seen = rows.map((row) => shortened(row[at]?.trim() ?? "")).filter(Boolean).slice(0, 3).join(" · ");
    return element("tr", {}, element("th", { scope: "row" }, header[at]), element("td", {}, element("small", {}, seen)), element("td", {}, box));
  });
  const mapping = element("details", { open: true }, element("summary", {}, t("import.columns", { n: header.length, known: targets.filter((one) => one !== "none").length })),
    element("table", {}, element("thead", {}, element("tr", {}, [t("import.column"), t("import.seen"), t("import.is")].map((title) => element("th", { scope: "col" }, title)))), element("tbody", {}, all)),
    element("div", { class: "bar" },
      select("import-format", t("import.format"), formats.map((format) => [format, format ? example(format) : t("import.iso")]), columns.format, (value) => { columns.format = value; }),
      select("import-zone", t("import.zone"), (zones.includes(ownZone) ? zones : [ownZone, ...zones]).map((zone) => [zone, zone.replaceAll("_", " ")]), ownZone, (value) => { columns.zone = value; }),
      select("import-commas", t("import.numbers"), [["", "1,234.5"], ["x", "1.234,5"]], columns.commas ? "x" : "", (value) => { columns.commas = value !== ""; })));
  const isTable = () => { mapping.hidden = chosen !== "csv" || !table || mapped; };
  /** @type {Kind[]} */
  const kinds = KINDS.includes(kind) ? KINDS : [kind, ...KINDS];
  body.replaceChildren(
    select("import-kind", t("import.kind", { n: files.length }), kinds.map((one) => [one, t(/** @type {Key} */ (`import.kind_${one.replace("-", "_")}`))]), kind,
      (value) => { chosen = /** @type {Kind} */ (value); isTable(); }),
    mapped ? element("p", {}, t("import.mapped")) : "", mapping);
  isTable();
  return way();
}

/** A moment as a format writes it, for people to recognise: 31-12-2026 14:05. @param {string} format */
const example = (format) => format.replace("%Y", "2026").replace("%m", "12").replace("%d", "31").replace("%H", "14").replace("%M", "05").replace("%S", "00");
