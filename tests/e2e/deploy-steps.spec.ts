// Step by step, from the page into an account: every template, read back to the last property, and taken away again.

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import {
  button,
  isAsDrawn,
  phase,
  prepare,
  rows,
  stands,
  takeBack,
  template,
} from "../support/steps";
import { openTemplate } from "../support/editor";
import { type Emulator, emulator } from "../support/emulators";

const FILES = fileURLToPath(new URL("../../crates/formats/templates/", import.meta.url));
const TEMPLATES = readdirSync(FILES).map((file) => file.replace(".trazo.json", ""));

// Templates of sixty calls on a machine that has other things to do.
test.describe.configure({ timeout: 240_000 });

let aws: Emulator;

test.beforeAll(async () => {
  aws = await emulator("moto");
});

test.afterAll(async () => {
  await aws?.stop();
});

test.beforeEach(async () => {
  await aws.reset(true);
  // Emulators let pages in everywhere.
  await aws.settings({ answers_v2: true });
});

/** What goes wrong in the page itself. A refusal of AWS is no such thing. */
function wrongs(page: Page): string[] {
  const found: string[] = [];
  page.on("pageerror", (error) => found.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    if (["error", "warning"].includes(message.type()) && !text.startsWith("Failed to load resource")) found.push(text);
  });
  return found;
}

for (const name of TEMPLATES) {
  test(`${name} is made as it was drawn, and taken away`, async ({ page }) => {
    const found = wrongs(page);
    await openTemplate(page, name);
    const drawn = await template(page);
    await prepare(page, aws);
    await button(page, "Hacerlos todos").click();
    await stands(page, "complete");
    await expect(rows(page).and(page.locator(":not([data-state=done])"))).toHaveCount(0);
    await isAsDrawn(page, aws, drawn);
    await takeBack(page);
    await stands(page, "removed");
    await expect(phase(page)).toContainText("Ya no queda nada");
    expect(await aws.left()).toEqual([]);
    expect(found).toEqual([]);
  });
}
