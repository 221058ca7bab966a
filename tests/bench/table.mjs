// Tables in the terminal, and the same numbers as JSON.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = process.env.TRAZO_BENCH ?? new URL("../../target/bench", import.meta.url).pathname;

/** Writes target/bench/<name>.json. */
export async function keep(name, data) {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, `${name}.json`), `${JSON.stringify(data, null, 2)}\n`);
}

/**
 * Prints rows of a label and numbers; a row that passes its budget is marked.
 * Each row is `{ label, cells: string[], over?: boolean }`.
 */
export function print(title, heads, rows) {
  const cell = (text) => text.padStart(12);
  console.log(`\n  ${title.padEnd(38)}${heads.map(cell).join("")}\n`);
  for (const { label, cells, over } of rows) {
    console.log(`${over ? "✗" : " "} ${label.padEnd(38)}${cells.map(cell).join("")}`);
  }
}

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export const milliseconds = (time, digits = 2) => `${time.toFixed(digits)} ms`;
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
