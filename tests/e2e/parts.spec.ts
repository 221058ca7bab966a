// The page comes in parts: the first screen needs no part, and a part that cannot be fetched is asked for again.

import { expect, test } from "@playwright/test";
import { open, ready } from "../support/page";

const PART = /\/editor-[0-9a-f]+\.wasm$/;

test("the first screen takes input before any other part is asked for", async ({ page }) => {
  const parts: string[] = [];
  page.on("request", (request) => {
    if (PART.test(request.url())) parts.push(request.url());
  });
  // Noted in the page itself, at the moment at which it takes input.
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (!document.documentElement?.dataset.ready) return;
      observer.disconnect();
      const names = performance.getEntriesByType("resource").map((entry) => entry.name);
      sessionStorage.setItem("early", JSON.stringify(names));
    });
    observer.observe(document, { attributes: true, subtree: true });
  });
  await open(page);
  const early: string[] = JSON.parse(await page.evaluate(() => sessionStorage.getItem("early") ?? "[]"));
  expect(early.filter((name) => name.endsWith("_bg.wasm"))).toHaveLength(1);
  expect(early.filter((name) => PART.test(name))).toEqual([]);
  // Afterwards it comes by itself, since it will be needed next.
  await expect.poll(() => parts.length).toBeGreaterThan(0);
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
