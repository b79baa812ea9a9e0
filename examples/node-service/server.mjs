// GET /queue?rep=lotte&now=2026-11-20T10:00:00Z: the queue of a rep. POST /leads/L-1: what happened with a lead, as a signal or feedback.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { Book, CadansError, Rulebook, Watch, init } from "cadans";

await init();
const file = (name) => readFile(new URL(`../${name}`, import.meta.url), "utf8");
const rulebook = new Rulebook([{ file: "monday.rhai", text: await file("monday.rhai") }]);
const watch = new Watch(rulebook, new Book(await file("leads.json")), "2026-11-20T10:00:00+01:00");

async function answer({ method, url, body }) {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  if (method === "GET" && pathname === "/queue") {
    const now = searchParams.get("now");
    if (now) watch.tick(now);
    return watch.top(20, { rep: searchParams.get("rep") ?? undefined });
  }
  const [, lead] = /^\/leads\/(.+)$/.exec(pathname) ?? [];
  if (method === "POST" && lead) return { decidedAgain: watch.record(decodeURIComponent(lead), await body()).length };
  throw new CadansError("not-found", `Nothing at ${method} ${pathname}`, "GET /queue or POST /leads/<id>");
}

const server = createServer(async (request, response) => {
  try {
    const told = await answer({ method: request.method, url: request.url, body: () => json(request) });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(told));
  } catch (error) {
    const { code = "failed", message, help } = error; // misuse has a code that stays the same
    response.writeHead(code === "trap" ? 500 : 400, { "content-type": "application/json" }).end(JSON.stringify({ code, message, help }));
  }
});
server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/queue?rep=lotte`));
