// `cadans/wasm/…`: what the import of a .wasm file gives is up to the bundler: its address, its bytes, or a WebAssembly.Module. `init` takes each of them.

declare const file: string & object;
export default file;
