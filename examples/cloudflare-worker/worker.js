// POST a lead file; the answer is the advice for each lead. Cloudflare compiles the .wasm file that the package names when the worker is deployed.
import { Book, CadansError, Rulebook, decideJson, init } from "cadans";
import rules from "../monday.rhai";

const ready = init().then(() => new Rulebook([{ file: "monday.rhai", text: rules }]));

export default {
  async fetch(request) {
    const now = new URL(request.url).searchParams.get("now") ?? new Date();
    const rulebook = await ready;
    try {
      const book = new Book(new Uint8Array(await request.arrayBuffer()));
      try {
        return new Response(decideJson(rulebook, book, now), { headers: { "content-type": "application/json" } });
      } finally {
        book.free();
      }
    } catch (error) {
      if (!(error instanceof CadansError)) throw error;
      return Response.json({ code: error.code, message: error.message, help: error.help }, { status: 400 });
    }
  },
};
