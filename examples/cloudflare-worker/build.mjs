import { build } from "esbuild";

// What wrangler does with a worker: one module of JavaScript, and each .wasm file as a module beside it.
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ["worker.js"],
  bundle: true,
  format: "esm",
  conditions: ["workerd"],
  outdir: "dist",
  loader: { ".wasm": "copy", ".rhai": "text" },
  assetNames: "[name]",
  logLevel: "warning",
});
