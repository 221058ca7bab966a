// Both languages and both themes, from the first screen on.

import { expect, test } from "@playwright/test";
import { node, openManifest, openNew, openTemplate, pick, SMALL } from "../support/editor";
import { open, ready } from "../support/page";
import { allSaid } from "../support/texts";

for (const [locale, lang, words] of [
  ["es-PE", "es", { start: "Diseña arquitecturas de contenedores en AWS", problems: "Problemas", files: "Archivos" }],
  ["en-GB", "en", { start: "Design container architectures on AWS", problems: "Problems", files: "Files" }],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });

    test("every view speaks the language of the browser", async ({ page }) => {
      await open(page);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.start);
      await allSaid(page, lang);

      await openManifest(page, SMALL);
      await allSaid(page, lang);
      await page.getByRole("tab", { name: words.problems }).click();
      for (const more of await page.locator("[data-panel=drawer] summary").all()) await more.click();
      await allSaid(page, lang);
      for (const one of SMALL.nodes) {
        await pick(page, one.id);
        const folded = page.locator("[data-panel=inspector] [aria-expanded=false]");
        for (let i = 0; i < 20 && (await folded.count()) > 0; i++) await folded.first().click();
        await allSaid(page, lang);
      }
      await page.getByRole("tab", { name: words.files }).click();
      await allSaid(page, lang);
      for (const view of ["outline", "search", "palette"]) {
        await page.locator(`[data-rail=${view}]`).click();
        await allSaid(page, lang);
      }
      for (const keys of ["ControlOrMeta+K", "?"]) {
        await page.keyboard.press(keys);
        await expect(page.getByRole("dialog")).toBeVisible();
        await allSaid(page, lang);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toBeHidden();
      }
    });

    test("links and their fields too", async ({ page }) => {
      await openTemplate(page, "tienda-virtual");
      const seen = new Set<string>();
      for (const id of ["users1", "api1", "alb1", "service1", "task1"]) {
        await pick(page, id);
        const buttons = page.locator("[data-panel=inspector] .neighbours .icon-btn");
        for (let i = 0; i < (await buttons.count()); i++) {
          await buttons.nth(i).click();
          const link = (await page.locator("[data-link][data-selected]").getAttribute("data-link")) ?? "";
          seen.add(link);
          await allSaid(page, lang);
          await pick(page, id);
        }
      }
      expect(seen.size).toBeGreaterThanOrEqual(6);
    });
  });
}

test("the language is switched everywhere at once, and remembered", async ({ page }) => {
  await openTemplate(page, "tienda-virtual");
  await expect(node(page, "service1")).toContainText("tareas");
  await page.getByRole("button", { name: "Idioma" }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(page.getByRole("button", { name: "Language" })).toBeVisible();
  await expect(node(page, "service1")).toContainText("tasks");
  await expect(page.locator("[data-palette=service]")).toContainText("Service");
  await page.reload();
  await ready(page);
  await expect(page.getByRole("button", { name: "Language" })).toBeVisible();
  await page.goto("./#/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Design container architectures on AWS");
});

test("the theme of the system is taken and followed, another one chosen and remembered", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await openNew(page);
  const light = () =>
    page.evaluate(() => {
      const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
      return r + g + b > 380;
    });
  await expect.poll(light).toBe(false);
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(light).toBe(true);
  await page.getByRole("button", { name: "Tema" }).click();
  await page.getByRole("menuitemradio", { name: "Oscuro" }).click();
  await expect.poll(light).toBe(false);
  await page.reload();
  await ready(page);
  await expect.poll(light).toBe(false);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
