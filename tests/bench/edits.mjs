// What an edit costs the main thread with two hundred cards: alone, and with a file shown that is written anew.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fresh, isReady, URL_OF_PAGE, worked } from "./page.mjs";
import { keep, median, milliseconds, print } from "./table.mjs";
import { FEWER, SERVICE, twoHundred } from "./thousand.mjs";

/** Milliseconds, that the file may add to an edit. */
const BUDGET = 10;
const [EDITS, RUNS] = [40, 3];
/** What is shown under the canvas meanwhile. */
const SHOWN = [
  "manifest",
  "cloudformation",
  "cloudformation-yaml",
  "terraform",
  "aws-cli",
  "compose",
  "ci",
  "mermaid",
  "drawio",
  "report",
];

/** Waits until what an edit changes is made and drawn: findings and stack are made in the frame that follows it. */
const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));

/** Milliseconds of the main thread for each edit, while a format is shown, or none. */
function costOfEdit(file, format) {
  return fresh(async (page, devtools) => {
    await page.goto(URL_OF_PAGE);
    await page.waitForFunction(isReady);
    await page.locator("input[type=file]").first().setInputFiles(file);
    await page.locator(`[data-node="${SERVICE}"]`).click();
    await page.getByRole("tab", { name: format ? "Archivos" : "Problemas" }).click();
    if (format) await page.locator(".files-format").selectOption(format);
    const count = page.locator('[data-field="desiredCount"] input').first();
    await count.click();
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    const edit = async (index) => {
      await count.press(index % 2 ? "ArrowUp" : "ArrowDown");
      await page.evaluate(drawn);
    };
    // What is compiled when it first runs is felt once, not at each edit.
    for (let index = 0; index < 4; index++) await edit(index);
    const before = await worked(devtools);
    for (let index = 0; index < EDITS; index++) await edit(index);
    return ((await worked(devtools)) - before) * 1000 / EDITS;
  });
}

/** Measures and prints; whether the budget is kept. */
export async function edits(folder) {
  const file = join(folder, "two-hundred.trazo.json");
  await writeFile(file, JSON.stringify(twoHundred(60)));
  const measured = async (format) => {
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await costOfEdit(file, format));
    return median(runs);
  };
  const alone = await measured(null);
  const costs = {};
  for (const format of SHOWN) costs[format] = (await measured(format)) - alone;
  const rows = Object.entries(costs).map(([format, more]) => ({
    label: `with ${format} shown, more`,
    cells: [milliseconds(more), milliseconds(BUDGET)],
    over: more > BUDGET,
  }));
  print(`main thread an edit, ${FEWER} cards`, ["median", "budget"], [
    { label: "an edit, no file shown", cells: [milliseconds(alone), ""] },
    ...rows,
  ]);
  await keep("edits", { cards: FEWER, budget: BUDGET, alone, more: costs });
  return rows.every(({ over }) => !over);
}
