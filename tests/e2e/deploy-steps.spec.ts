// Step by step, from the page into an account: every template, read back to the last property, and taken away again.

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import {
  button,
  hurry,
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
test.describe.configure({ timeout: 300_000 });

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

test("one step at a time: look at it before, pause, and try again what failed", async ({ page }) => {
  await openTemplate(page, "web-publica");
  await hurry(page);
  await prepare(page, aws);
  // What will go out is there before it goes.
  const [first, second] = [rows(page).nth(0), rows(page).nth(1)];
  await first.getByRole("button").first().click();
  await expect(first.getByText("Lo mismo con la AWS CLI", { exact: true })).toBeVisible();
  await expect(first.locator("code", { hasText: "--region us-east-1" })).toBeVisible();
  await expect(first.getByText("Respuesta", { exact: true })).toHaveCount(0);
  expect(await made()).toEqual([]);

  await button(page, "Empezar con el primer paso").click();
  await stands(page, "paused");
  await expect(first).toHaveAttribute("data-state", "done");
  await expect(second).not.toHaveAttribute("data-state", "done");
  await expect(first.getByText("Respuesta", { exact: true }).last()).toBeVisible();
  expect(await made()).toHaveLength(1);
  await button(page, "Siguiente paso").click();
  await expect(second).toHaveAttribute("data-state", "done");
  await stands(page, "paused");

  await aws.faults([{ do: "slow", seconds: 1, changes: true, times: 0 }]);
  await button(page, "Hacer los que quedan").click();
  await button(page, "Pausar tras este paso").click();
  await stands(page, "paused");
  await expect(rows(page).nth(2)).toHaveAttribute("data-state", "done");
  await expect(rows(page).last()).toHaveAttribute("data-state", /^(pending|ready)$/);

  await aws.faults([{ do: "refuse", why: "denied", operation: "CreateService" }]);
  await button(page, "Hacer los que quedan").click();
  await stands(page, "stopped");
  const failed = rows(page).and(page.locator("[data-state=failed]"));
  await expect(failed).toContainText("ecs:CreateService");
  await button(page, "Reintentar este paso").click();
  await stands(page, "paused");
  await expect(failed).toHaveCount(0);
  await button(page, "Hacer los que quedan").click();
  await stands(page, "complete");
  await takeBack(page);
  await stands(page, "removed");
  expect(await aws.left()).toEqual([]);
});

/** The calls that made something. */
async function made(): Promise<string[]> {
  const all = (await aws.log()).map((asked) => asked.operation ?? "");
  return all.filter((operation) => /^(Create|Put|Register|Authorize|Attach)/.test(operation));
}
