// What a module is made of, before compression: bytes of code by crate and folder, largest first. For docs/performance.md.
//
//   node benches/module_parts.mjs target/wasm32-unknown-unknown/wasm/cadans.wasm
//
// The module as the compiler leaves it (`cargo xtask pack` makes it): `www/lib/pkg` holds those without names. Generic code counts for whom it is
// written by, such as `alloc::collections`, not for whom it is compiled for.

import { readFileSync } from "node:fs";

const bytes = readFileSync(process.argv[2]);
let at = 8;

/** An unsigned number in LEB128. */
function number() {
  let [value, factor, byte] = [0, 1, 0];
  do {
    byte = bytes[at++];
    value += (byte & 127) * factor;
    factor *= 128;
  } while (byte > 127);
  return value;
}
const text = (length) => bytes.toString("utf8", at, (at += length));
const times = (count, work) => { for (let nth = 0; nth < count; nth++) work(nth); };
const limits = () => times(bytes[at++] & 1 ? 2 : 1, number);

let imported = 0;
/** The bytes of each function's body, and the functions' names by number. */
const [bodies, names] = [[], new Map()];
while (at < bytes.length) {
  const section = bytes[at++];
  const end = number() + at;
  if (section === 2) {
    times(number(), () => {
      text(number());
      text(number());
      const kind = bytes[at++];
      if (kind === 0) { imported += 1; number(); }
      else if (kind === 1) { at++; limits(); } else if (kind === 2) limits();
      else at += 2;
    });
  } else if (section === 10) {
    times(number(), () => { const size = number(); bodies.push(size); at += size; });
  } else if (section === 0 && text(number()) === "name") {
    while (at < end) {
      const [kind, next] = [bytes[at++], number() + at];
      if (kind === 1) times(number(), () => { const place = number(); names.set(place, text(number())); });
      at = next;
    }
  }
  at = end;
}

/** The first two words of a mangled name: crate and folder. */
function group(name = "?") {
  const words = [];
  for (let rest = name.replace(/^_ZN/, ""), found; (found = /^(\d+)(.*)$/s.exec(rest)); rest = found[2].slice(Number(found[1]))) words.push(found[2].slice(0, Number(found[1])));
  const path = (words.length ? words.slice(0, -1).join("::") : name).replace(/\.\./g, "::").replace(/^_?\$LT\$/, "").replace(/^(\$RF\$|mut\$u20\$|dyn\$u20\$)+/, "");
  return path.replace(/\$.*$/s, "").split("::").slice(0, 2).join("::");
}

const groups = new Map();
bodies.forEach((size, place) => {
  const name = group(names.get(imported + place));
  const [sum, count] = groups.get(name) ?? [0, 0];
  groups.set(name, [sum + size, count + 1]);
});
console.log("| bytes | functions | what |\n|---|---|---|");
for (const [name, [sum, count]] of [...groups].sort(([, [a]], [, [b]]) => b - a).slice(0, 40)) {
  console.log(`| ${sum.toLocaleString("en")} | ${count} | \`${name}\` |`);
}
