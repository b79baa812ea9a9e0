// Makes the files in www/vendor/ from the packages that tests/package-lock.json names: `cargo xtask vendor`.
//
// Each is one module without imports, so that the page needs no bundler. The same packages give the same bytes; tests/node/vendor.test.mjs compares them.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = new URL("../../", import.meta.url);
const packages = fileURLToPath(new URL("tests/node_modules/", root));
const require = createRequire(new URL("tests/package.json", root));
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
const { build } = await load("esbuild");
const { buildParserFile } = await load("@lezer/generator");

const HEAD = "// Made by `cargo xtask vendor`; LICENCES.md names what is in it.";

/** The parser of the rule language, from its grammar. */
const grammar = {
  name: "grammar",
  setup(made) {
    made.onResolve({ filter: /^cadans-grammar$/ }, () => ({ path: "cadans-grammar", namespace: "grammar" }));
    made.onLoad({ filter: /.*/, namespace: "grammar" }, async () => {
      const text = await readFile(new URL("www/editor/cadans.grammar", root), "utf8");
      return { contents: buildParserFile(text, { moduleStyle: "es" }).parser, resolveDir: packages };
    });
  },
};

/**
 * Has style-mod put its styles into a constructed sheet in a document too, as it does in a shadow root. A `<style>` element, which it would make, is
 * refused where the content security policy says `style-src 'self'`.
 */
const constructedSheets = {
  name: "constructed sheets",
  setup(made) {
    made.onLoad({ filter: /style-mod\.js$/ }, async ({ path }) => {
      const [before, after, ...others] = (await readFile(path, "utf8")).split("!root.head && root.adoptedStyleSheets");
      if (after === undefined || others.length) throw new Error("style-mod chooses its kind of sheet in another way; see constructedSheets");
      return { contents: `${before}root.adoptedStyleSheets${after}` };
    });
  },
};

/** So many bytes a workbook may unpack to. */
const MOST_UNPACKED = 256 << 20;

/**
 * Has fflate unpack in the worker in which it is asked, and no more than a workbook may have. By itself it would start workers from texts, which the
 * content security policy refuses.
 */
const unpacksHere = {
  name: "unpacks here",
  setup(made) {
    made.onResolve({ filter: /^fflate$/ }, ({ importer }) => (/read-excel-file/.test(importer) ? { path: "unpack", namespace: "unpack" } : undefined));
    made.onLoad({ filter: /.*/, namespace: "unpack" }, () => ({
      resolveDir: packages,
      contents: `import { unzipSync } from "fflate";
        export { strFromU8 } from "fflate";
        export function unzip(bytes, done) {
          let size = 0;
          const filter = (file) => { size += file.originalSize; if (size > ${MOST_UNPACKED}) throw new Error("too large"); return true; };
          let files;
          try { files = unzipSync(bytes, { filter }); } catch (error) { return done(error); }
          done(null, files);
        }`,
    }));
  },
};

/**
 * The text of the module that `source` in this folder gives, and the folders of the packages that are in it.
 * @param {string} source
 */
async function bundle(source) {
  const { outputFiles: [file], metafile } = await build({
    entryPoints: [fileURLToPath(new URL(source, import.meta.url))], nodePaths: [packages], plugins: [grammar, constructedSheets, unpacksHere],
    bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none", banner: { js: HEAD },
    write: false, metafile: true, logLevel: "silent", absWorkingDir: fileURLToPath(root),
  });
  const names = Object.keys(metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return { text: file.text, names };
}

/** Every file of www/vendor/ that is made, by its name. */
export async function vendor() {
  const sources = ["codemirror.js", "storage.js", "workbook.js"];
  const made = await Promise.all(sources.map(bundle));
  const names = [...new Set(made.flatMap((one) => one.names))].sort();
  const licences = await Promise.all(names.map(async (name) => {
    const folder = new URL(`${name}/`, pathToFileURL(packages));
    const { version, license } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    return `## ${name} ${version} (${license})\n\n${(await readFile(new URL(file, folder), "utf8")).trim()}\n`;
  }));
  return new Map([
    ...made.map(({ text }, nth) => /** @type {const} */ ([sources[nth], text])),
    ["LICENCES.md", `# What is in the files of this folder\n\n${licences.join("\n")}`],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const into = new URL("www/vendor/", root);
  await mkdir(into, { recursive: true });
  for (const [name, text] of await vendor()) {
    await writeFile(new URL(name, into), text);
    console.log(`www/vendor/${name}: ${Buffer.byteLength(text)} bytes, sha256 ${createHash("sha256").update(text).digest("hex").slice(0, 16)}`);
  }
}
