// What lib/ uses of its hosts beside the browser, for checking it; whoever imports the package needs none of this.

declare module "node:fs/promises" {
  export function readFile(path: URL): Promise<Uint8Array<ArrayBuffer>>;
}

declare module "node:worker_threads" {
  export class Worker {
    constructor(script: URL);
    on(event: "message", told: (message: any) => void): void;
    on(event: "error", told: (error: Error) => void): void;
    on(event: "exit", told: (code: number) => void): void;
    postMessage(message: unknown, transfer: ArrayBuffer[]): void;
    terminate(): Promise<number>;
    ref(): void;
    unref(): void;
  }
  export const parentPort: { postMessage(message: unknown, transfer: ArrayBuffer[]): void; on(event: "message", told: (message: any) => void): void } | null;
}

declare module "*.wasm" {
  const compiled: WebAssembly.Module;
  export default compiled;
}

declare module "*/inline-module.js" {
  /** The module without vectors, gzipped, in base64. */
  export const GZIPPED: string;
}
