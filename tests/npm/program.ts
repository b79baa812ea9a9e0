// A program that uses the whole package, for the test of its types (package.test.mjs).

import { init, Rulebook, Book, Watch, Matcher, decide, explain, CadansError, type Advice } from "cadans";
import { check, format, complete, hover, diff, simulate } from "cadans/editing";
import * as worker from "cadans/worker";
import { Matcher as Rows } from "cadans/rows";
import { init as simd } from "cadans/simd";
import { init as inline } from "cadans/inline";
import "cadans/worker/deciding";
export async function queue(text: string, leads: Uint8Array): Promise<Advice[]> {
  await init(); await simd(); await inline(new Uint8Array(3));
  const rulebook = new Rulebook([{ file: "mine.rhai", text }]);
  const book = new Book(leads, { name: "leads.json" });
  const watch = new Watch(rulebook, book, new Date(0));
  watch.tick(new Date(1)); watch.record("L-1", { at: "2026-01-01T00:00:00Z", kind: "visit" });
  const top: Advice[] = watch.top(5, { rep: "kim" });
  try { return decide(rulebook, book, Date.now()).concat(top); } catch (error) {
    if (error instanceof CadansError) throw new Error(error.code + error.help);
    throw error;
  } finally { watch.free(); book[Symbol.dispose](); new Matcher(rulebook, { now: new Date() }).one({ a: 1 }); new Rows(rulebook, { now: 0 }).free(); }
}
export async function away(text: string): Promise<string | undefined> {
  await worker.init();
  const rulebook = new worker.Rulebook([{ file: "mine.rhai", text }]);
  const book = new worker.Book("[]");
  const advices: Advice[] = await worker.decide(rulebook, book, new Date());
  const found = await worker.check([{ file: "a", text }]);
  await worker.simulate(rulebook, book, new Date(), { days: 1 }, (done, all) => done < all);
  // @ts-expect-error a rulebook of the worker is none of the module
  decide(rulebook, book, 0);
  return advices[0]?.lead ?? found[0]?.code;
}
// @ts-expect-error a moment is no list
export const wrong = (rulebook: Rulebook, book: Book) => decide(rulebook, book, []);
// @ts-expect-error a number is no source
export const source = () => init(7);
export { check, format, complete, hover, diff, simulate, explain };
