import react from "@vitejs/plugin-react";

// The engine needs no plugin and no option: Vite finds its worker and its .wasm files by itself.
export default { base: "./", plugins: [react()], build: { outDir: "dist", target: "es2022" } };
