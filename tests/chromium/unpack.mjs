// Unpacks the Chromium inside the npm package, once. Prints its program on a line, then the
// environment it wants on a machine without a desktop, a variable a line.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("node_modules/.unpacked", import.meta.url));
mkdirSync(here, { recursive: true });
process.env.TMPDIR = here; // the package unpacks to the folder for temporary files
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x"; // there it unpacks its libraries too, which a bare machine needs

const { default: chromium } = await import("@sparticuz/chromium");
const program = await chromium.executablePath();
console.log(program);
console.log(`LD_LIBRARY_PATH=${join(here, "al2023", "lib")}`);
console.log(`FONTCONFIG_PATH=${join(here, "fonts")}`);
