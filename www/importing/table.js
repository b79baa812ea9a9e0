// A table as text (CSV), as far as the mapping step needs it: its separator, its header and its first rows. The importers read all of it by themselves.

/** What may stand between cells. */
const SEPARATORS = [",", ";", "\t", "|"];

/**
 * The rows of a table, at most so many. A quote that is not closed ends with the text.
 * @param {string} text
 * @param {string} separator
 * @param {number} most
 * @returns {string[][]}
 */
export function rowsOf(text, separator, most) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length && rows.length < most; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"' && cell === "") {
      quoted = true;
    } else if (letter === separator) {
      row.push(cell);
      cell = "";
    } else if (letter === "\n" || letter === "\r") {
      if (letter === "\r" && text[at + 1] === "\n") at++;
      rows.push([...row, cell]);
      [row, cell] = [[], ""];
    } else {
      cell += letter;
    }
  }
  if (rows.length < most && (row.length || cell)) rows.push([...row, cell]);
  return rows.filter((cells) => cells.some((one) => one.trim()));
}

/**
 * What stands between the cells: what a line `sep=;` says, else the sign that cuts the first rows into the most cells of one number.
 * @param {string} text
 */
export function separatorOf(text) {
  const [, said] = /^\ufeff?sep=(.)\r?\n/i.exec(text) ?? [];
  if (said) return said;
  const cells = SEPARATORS.map((sign) => {
    const counts = rowsOf(text, sign, 5).map((row) => row.length);
    return counts.every((count) => count === counts[0]) ? counts[0] ?? 1 : 1;
  });
  const most = Math.max(...cells);
  return SEPARATORS[cells.indexOf(most)] ?? ",";
}

/**
 * The header and the first rows of a table.
 * @param {string} text
 * @param {number} most
 * @returns {{ separator: string, header: string[], rows: string[][] }}
 */
export function tableOf(text, most) {
  const separator = separatorOf(text);
  const [header = [], ...rows] = rowsOf(text.replace(/^\ufeff/, "").replace(/^sep=.\r?\n/i, ""), separator, most + 1);
  return { separator, header: header.map((name) => name.trim()), rows };
}

/**
 * Cells of a workbook as a table. A moment of a workbook is a clock on a wall, without a zone.
 * @param {unknown[][]} rows
 */
export const asCsv = (rows) => rows.map((row) => `${row.map((cell) => {
  const text = cell instanceof Date ? cell.toISOString().slice(0, 19).replace("T", " ") : cell === null || cell === undefined ? "" : String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}).join(",")}\n`).join("");
