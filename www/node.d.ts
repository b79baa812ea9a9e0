// What `init` uses of Node when it runs there. For checking cadans.js; whoever imports it needs none of this.

declare module "node:fs/promises" {
  export function readFile(path: URL): Promise<Uint8Array<ArrayBuffer>>;
}

declare var process: { versions?: { node?: string } } | undefined;
