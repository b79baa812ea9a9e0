// Writes the page of the API from the types of the package: each declaration with the comment above it. Used by api-page.test.mjs.

/** The entries, in the order of the page: what is imported from, its types, and what it is for. */
export const ENTRIES = [
  ["cadans", ["cadans.d.ts", "pkg/cadans.d.ts"], "Deciding, in this thread. `cadans/simd` and `cadans/inline` have the same."],
  ["cadans/rows", ["matcher.d.ts"], "Rows that are no leads, by itself."],
  ["cadans/worker", ["worker.d.ts"], "The same with the engine in a worker, and a promise for every answer."],
  ["cadans/editing", ["editing.d.ts", "pkg/cadans_editing.d.ts"], "For authors of rules: a larger module with handles of its own."],
  ["cadans/importing", ["importing.d.ts", "pkg/cadans_importing.d.ts"], "Other systems' files into a lead file: a module by itself."],
];

/** The declarations of a file of types: `{ name, kind, comment, text }`. */
function declarations(types) {
  const found = [];
  const pattern = /(?:^\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^export (?:declare )?(?:(class|interface) (\w+)[^{]*\{[\s\S]*?^\}|(type|function|const) (\w+)[\s\S]*?;)$/gm;
  for (const [whole, comment = "", kept, called, sort, word] of types.matchAll(pattern)) {
    const [kind, name] = [kept ?? sort, called ?? word];
    const text = whole.replace(/^\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n/, "").replace(/^export (declare )?/, "");
    const said = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trim()).join(" ").trim();
    found.push({ name, kind, comment: said, text });
  }
  return found;
}

const ORDER = { class: 0, function: 1, const: 1, interface: 2, type: 2 };

/** @param {(file: string) => string} read what reads a file of the package */
export function apiPage(read) {
  const parts = ["# The API for JavaScript and TypeScript", "",
    "Written from the types of the package by `CADANS_WRITE=1 cargo xtask npm`; a test keeps it current. What a lead may hold is in [lead-format.md](lead-format.md).", ""];
  const shown = new Set();
  for (const [entry, files, purpose] of ENTRIES) {
    parts.push(`## \`${entry}\``, "", purpose, "");
    const all = files.flatMap((file) => declarations(read(file)));
    // The editing module has the classes and values of the other too; they stand there.
    const own = all.filter(({ name, text }) => !shown.has(`${name} ${text}`));
    for (const { name, text } of all) shown.add(`${name} ${text}`);
    for (const { name, comment, text } of own.sort((one, other) => ORDER[one.kind] - ORDER[other.kind])) {
      parts.push(`### ${name}`, "");
      if (comment) parts.push(comment, "");
      parts.push("```ts", text, "```", "");
    }
  }
  return `${parts.join("\n").trimEnd()}\n`;
}
