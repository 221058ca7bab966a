// What the first load of the page weighs: all files that it and its service worker fetch, each
// compressed by brotli as far as it goes.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { keep, kilobytes, print } from "./table.mjs";

const BUDGET = 300_000;

const dist = process.argv[2] ?? new URL("../../dist", import.meta.url).pathname;

/** The files of the first load, which the build has written into the service worker. */
async function firstLoad() {
  const worker = await readFile(join(dist, "sw.js"), "utf8");
  const list = /const FILES = (\[.*?\]);/s.exec(worker);
  if (!list) throw new Error("dist/sw.js holds no list of files: build the page again");
  const names = JSON.parse(list[1]).map((name) => (name === "./" ? "index.html" : name.slice(2)));
  return [...names, "sw.js"];
}

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
}

const files = [];
for (const name of await firstLoad()) {
  const bytes = await readFile(join(dist, name));
  files.push({ name, raw: bytes.length, brotli: brotli(bytes) });
}
files.sort((a, b) => b.brotli - a.brotli);

const sum = (key) => files.reduce((all, file) => all + file[key], 0);
const total = { raw: sum("raw"), brotli: sum("brotli") };
const over = total.brotli > BUDGET;

const row = ({ name, raw, brotli }) => ({ label: name, cells: [kilobytes(raw), kilobytes(brotli), ""] });
print("first load", ["raw", "brotli 11", "budget"], [
  ...files.map(row),
  { label: "all", cells: [kilobytes(total.raw), kilobytes(total.brotli), kilobytes(BUDGET)], over },
]);
await keep("sizes", { files, total, budget: BUDGET });
process.exit(over ? 1 : 0);
