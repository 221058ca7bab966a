// What the page weighs, each file compressed by brotli as far as it goes: the first load, which is all that is fetched
// before the first screen takes input (a browser test holds that), and the parts that are fetched when they are needed.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { keep, kilobytes, print } from "./table.mjs";

const BUDGET = 300_000;

const dist = process.argv[2] ?? new URL("../../dist", import.meta.url).pathname;

/** All files of the page, which the build has written into the service worker. */
async function allFiles() {
  const worker = await readFile(join(dist, "sw.js"), "utf8");
  const list = /const FILES = (\[.*?\]);/s.exec(worker);
  if (!list) throw new Error("dist/sw.js holds no list of files: build the page again");
  const names = JSON.parse(list[1]).map((name) => (name === "./" ? "index.html" : name.slice(2)));
  return [...names, "sw.js"];
}

/** Those of them that the loader fetches when they are needed. */
async function laterFiles(names) {
  const loader = names.find((name) => name.startsWith("parts-"));
  if (!loader) throw new Error("dist/ holds no loader of parts: build the page again");
  const text = await readFile(join(dist, loader), "utf8");
  return names.filter((name) => name.endsWith(".wasm") && text.includes(`"./${name}"`));
}

/** Those that are fetched when a design is opened, which the page names. */
async function awaitedFiles() {
  const page = await readFile(join(dist, "index.html"), "utf8");
  return [...page.matchAll(/<meta name="?trazo-part"? content="?\.\/([^">]+)/g)].map(([, name]) => name);
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

const names = await allFiles();
const later = new Set(await laterFiles(names));
const awaited = new Set(await awaitedFiles());
const files = [];
for (const name of names) {
  const bytes = await readFile(join(dist, name));
  files.push({ name, raw: bytes.length, brotli: brotli(bytes), later: later.has(name), awaited: awaited.has(name) });
}
files.sort((a, b) => b.brotli - a.brotli);

const sum = (some) => ({
  raw: some.reduce((all, file) => all + file.raw, 0),
  brotli: some.reduce((all, file) => all + file.brotli, 0),
});
const row = ({ name, raw, brotli }) => ({ label: name, cells: [kilobytes(raw), kilobytes(brotli), ""] });
const first = files.filter((file) => !file.later);
const total = sum(first);
const over = total.brotli > BUDGET;
print("first load", ["raw", "brotli 11", "budget"], [
  ...first.map(row),
  { label: "together", cells: [kilobytes(total.raw), kilobytes(total.brotli), kilobytes(BUDGET)], over },
]);
const all = sum(first.concat(files.filter((file) => file.awaited)));
print("when a design is opened", ["raw", "brotli 11", "budget"], [
  ...files.filter((file) => file.awaited).map(row),
  { label: "with the first load", cells: [kilobytes(all.raw), kilobytes(all.brotli), ""] },
]);
print("when it is asked for", ["raw", "brotli 11", "budget"], files.filter((file) => file.later && !file.awaited).map(row));
await keep("sizes", { files, total, all, budget: BUDGET });
process.exit(over ? 1 : 0);
