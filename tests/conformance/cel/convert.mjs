// Writes conformance.json from the package @bufbuild/cel-spec, one case a line: the path of its sections and the case as the suite has it. What
// the package adds for its own use (syntax trees, types) is left out.
//
//   npm pack @bufbuild/cel-spec@0.6.1 && tar xzf bufbuild-cel-spec-0.6.1.tgz
//   node tests/conformance/cel/convert.mjs package > tests/conformance/cel/conformance.json

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const file = resolve(process.argv[2], "dist/esm/testdata/conformance.js");
const { tests } = await import(pathToFileURL(file).href);

const casesOf = ({ tests = [], suites = [] }, path) => [
  ...tests.map(({ original }) => ({ path: path.join("/"), ...original })),
  ...suites.flatMap((suite) => casesOf(suite, [...path, suite.name])),
];

console.log(`[\n${casesOf(tests, []).map((one) => JSON.stringify(one)).join(",\n")}\n]`);
