import { build } from "esbuild";

// esbuild does not follow `new URL(…, import.meta.url)`: the .wasm file is named in main.js, and copied by this loader.
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ["main.js"],
  bundle: true,
  minify: true,
  format: "esm",
  outdir: "dist",
  loader: { ".wasm": "file", ".rhai": "text" },
  logLevel: "warning",
});
