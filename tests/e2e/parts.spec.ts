// The page comes in parts: the first screen needs no part, and a part that cannot be fetched is asked for again.

import { expect, test } from "@playwright/test";
import { open, ready } from "../support/page";

const PART = /\/editor-[0-9a-f]+\.wasm$/;

test("the first screen takes input before any other part is asked for", async ({ page }) => {
  // Noted in the page itself, at the moment at which it takes input.
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (!document.documentElement?.dataset.ready) return;
      observer.disconnect();
      sessionStorage.setItem("readyAt", String(performance.now()));
    });
    observer.observe(document, { attributes: true, subtree: true });
  });
  await open(page);
  // The browser lists a file a moment after the page has it: so what counts is when it was asked for.
  const asked = (until: "ready" | "now") =>
    page.evaluate((until) => {
      const end = until === "now" ? Infinity : Number(sessionStorage.getItem("readyAt") ?? Number.NaN);
      const files = performance.getEntriesByType("resource").filter((entry) => entry.startTime <= end);
      return files.map((entry) => entry.name);
    }, until);
  const programs = async () => (await asked("ready")).filter((name) => name.endsWith("_bg.wasm")).length;
  await expect.poll(programs).toBe(1);
  // Afterwards it comes by itself, since it will be needed next.
  await expect.poll(async () => (await asked("now")).filter((name) => PART.test(name)).length).toBeGreaterThan(0);
  expect((await asked("ready")).filter((name) => PART.test(name))).toEqual([]);
});

test.describe("where the editor cannot be fetched", () => {
  test.use({ serviceWorkers: "block", locale: "es-ES" });

  test("that is said, nothing is lost, and it can be tried again", async ({ page }) => {
    await page.route(PART, (route) => route.abort());
    await open(page, "./#/new?template=tienda-virtual");
    const notice = page.getByText("No se ha podido descargar el editor.");
    await expect(notice).toBeVisible();
    await page.unroute(PART);
    await page.getByRole("button", { name: "Reintentar" }).click();
    await expect(page.locator("[data-node]").first()).toBeVisible();
    await expect(page).toHaveURL(/#\/d\//);
    await page.reload();
    await ready(page);
    await expect(page.locator("[data-node]").first()).toBeVisible();
  });
});
