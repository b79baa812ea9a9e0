// What runs in the browser: the same comparison with fewer engines. `browser.mjs` bundles it and calls `run`.

import { deciding, loading } from "./advice.mjs";
import { fromObjects, resident } from "./engines/cadans.mjs";
import { jsonRulesEngine } from "./engines/json-rules-engine.mjs";
import { zenWasm } from "./engines/zen.mjs";
import { matching, oneByOne } from "./matching.mjs";
import { leadsOf } from "./workload/leads.mjs";

async function loaded(build) {
  const module = await fetch(`/${build}/module.wasm`);
  if (!module.ok) return null;
  const cadans = await import(`${location.origin}/${build}/cadans.js`);
  await cadans.init(module);
  return cadans;
}

/** A row as plain data: functions do not leave the page. */
const plain = ({ engine, ...figures }) => ({ label: engine.label, ...figures });

/** All figures that the browser can tell. */
globalThis.run = async ({ size, pace, heavy, policies }) => {
  const [simd, scalar] = [await loaded("simd"), await loaded("plain")];
  const leads = leadsOf(size);
  const own = [resident(simd, "Cadans, simd"), resident(scalar, "Cadans, plain"), fromObjects(simd ?? scalar, "Cadans, from objects")];
  const engines = [...own, zenWasm, jsonRulesEngine];
  const work = { leads, engines, pace, zenModule: "/zen.wasm" };
  const result = { rows: {} };
  for (const workload of ["L30", "E30"]) result.rows[workload] = (await matching({ workload, ...work })).map(plain);
  result.single = (await oneByOne({ ...work, leads: leadsOf(Math.min(size, 10_000)), engines: engines.slice(2) })).map(plain);
  result.deciding = await deciding({ cadans: simd ?? scalar, policies, leads, pace: heavy });
  result.loading = await loading({ cadans: simd ?? scalar, leads, pace: heavy });
  return result;
};
