// What axe knows of WCAG 2.1 AA holds in every view and in both themes.

import { expect, type Page, test } from "@playwright/test";
import { inspector, openManifest, openNew, openTemplate, pick, SMALL } from "../support/editor";
import { violations } from "../support/look";
import { open } from "../support/page";

async function clean(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("start page", async ({ page }) => {
      await open(page);
      await clean(page);
      await page.goto("./#/new?template=tienda-virtual");
      await expect(page.locator("[data-node]").first()).toBeVisible();
      await page.goto("./#/");
      await expect(page.locator("[data-design]")).toHaveCount(1);
      await clean(page);
    });

    test("an empty design", async ({ page }) => {
      await openNew(page);
      await clean(page);
    });

    test("the editor: a node, a link, problems, files", async ({ page }) => {
      await openTemplate(page, "tienda-virtual");
      await clean(page);
      await pick(page, "alb1");
      await page.getByRole("tab", { name: "Problemas" }).click();
      await clean(page);
      await inspector(page).getByRole("button", { name: "Abrir el enlace con catalogo" }).click();
      await page.getByRole("tab", { name: "Archivos" }).click();
      await clean(page);
    });

    test("problems and the mistakes in fields", async ({ page }) => {
      await openManifest(page, SMALL);
      await page.getByRole("tab", { name: "Problemas" }).click();
      await page.locator("summary").first().click();
      await pick(page, "task1");
      await clean(page);
      await pick(page, "role1");
      await page.keyboard.press("ControlOrMeta+A");
      await clean(page);
    });

    test("outline, search, menus and dialogs", async ({ page }) => {
      await openTemplate(page, "tienda-virtual");
      for (const view of ["outline", "search"]) {
        await page.locator(`[data-rail=${view}]`).click();
        await clean(page);
      }
      for (const menu of ["Menú del diseño", "Idioma", "Tema"]) {
        await page.getByRole("button", { name: menu }).click();
        await expect(page.getByRole("menu")).toBeVisible();
        await clean(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("menu")).toBeHidden();
      }
      for (const keys of ["ControlOrMeta+K", "?"]) {
        await page.keyboard.press(keys);
        await expect(page.getByRole("dialog")).toBeVisible();
        await clean(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toBeHidden();
      }
      await page.getByRole("button", { name: "Menú del diseño" }).click();
      await page.getByRole("menuitem", { name: "Plantillas" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await clean(page);
      await page.keyboard.press("Escape");
      await page.locator("[data-node=api1]").click({ button: "right" });
      await expect(page.getByRole("menu")).toBeVisible();
      await clean(page);
    });

    test("a narrow screen", async ({ page }) => {
      await page.setViewportSize({ width: 820, height: 1180 });
      await openTemplate(page, "tienda-virtual");
      await clean(page);
      for (const view of ["palette", "inspector", "problems", "files"]) {
        await page.locator(`[data-view=${view}]`).click();
        await clean(page);
      }
    });
  });
}
