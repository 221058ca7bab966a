// The start page and what can stand over it: in both languages and themes, by keyboard, and for everybody.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { press } from "../support/keyboard";
import { complaints, open, ready } from "../support/page";

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

async function newDesign(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Diseño nuevo" }).click();
  await page.getByRole("textbox", { name: "Nombre del diseño" }).fill("Uno");
  await page.keyboard.press("Enter");
  await page.goto("./#/");
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`with the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("nobody is kept out of the start page and its dialogs", async ({ page }) => {
      await open(page);
      await noViolations(page);
      await newDesign(page);
      await expect(page.locator("[data-design]")).toHaveCount(1);
      await noViolations(page);
      await page.getByRole("button", { name: "Acciones de Uno" }).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await noViolations(page);
      await page.getByRole("menuitem", { name: "Borrar" }).click();
      await expect(page.getByRole("button", { name: "Deshacer" })).toBeVisible();
      const buffer = Buffer.from('{"trazo": 1, "nodes": [{"id": "a", "kind": "?"}]}');
      await page.locator("input[type=file]").setInputFiles({ name: "x.json", mimeType: "application/json", buffer });
      await expect(page.getByRole("dialog")).toBeVisible();
      await noViolations(page);
    });

    test("nobody is kept out of the page after a crash", async ({ page }) => {
      await open(page, "./?panic#/new");
      await expect(page).toHaveURL(/#\/d\//);
      await page.evaluate(() => window.dispatchEvent(new CustomEvent("trazo:test-panic")));
      await page.getByText("Detalles técnicos").click();
      await noViolations(page);
    });
  });
}

test.describe("in an English browser", () => {
  test.use({ locale: "en-GB" });

  test("the page speaks English, until somebody chooses otherwise", async ({ page }) => {
    const found = complaints(page);
    await open(page);
    await expect(page.getByRole("heading", { name: "Design container architectures on AWS" })).toBeVisible();
    await expect(page).toHaveTitle(/^Trazo: design/);
    await page.getByRole("button", { name: "Language" }).click();
    await page.getByRole("menuitemradio", { name: "Español" }).click();
    await expect(page.getByRole("heading", { name: "Diseña arquitecturas de contenedores en AWS" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "es");
    // To leave while files of the editor are on their way would break their requests off, which counts as a complaint.
    const missing = () => {
      const there = performance.getEntriesByType("resource").map((entry) => entry.name);
      const parts = [...document.querySelectorAll<HTMLMetaElement>("meta[name=trazo-part]")];
      return parts.length === 0 ? null : parts.filter(({ content }) => !there.includes(new URL(content, location.href).href)).length;
    };
    await expect.poll(() => page.evaluate(missing)).toBe(0);
    await page.reload();
    await ready(page);
    await expect(page).toHaveTitle(/^Trazo: diseña/);
    expect(found).toEqual([]);
  });
});

test("a theme that is chosen is kept", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Tema" }).click();
  await page.getByRole("menuitemradio", { name: "Oscuro" }).click();
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
});

test("by keyboard alone: a design is made, renamed in the list, and opened", async ({ page }) => {
  await open(page);
  const focused = (role: "button" | "link", name: string) => page.getByRole(role, { name, exact: true });
  const tabTo = (role: "button" | "link", name: string) => press(page, "Tab", focused(role, name));
  await tabTo("link", "Usar la plantilla Web pública");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle("Web pública · Trazo");
  await page.goBack();
  await tabTo("button", "Acciones de Web pública");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Nombre nuevo" })).toBeFocused();
  await page.keyboard.type("Con teclado");
  await page.keyboard.press("Enter");
  await expect(focused("link", "Con teclado")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle("Con teclado · Trazo");
});

for (const size of [{ width: 1440, height: 900 }, { width: 820, height: 1180 }, { width: 360, height: 740 }]) {
  test(`at ${size.width} × ${size.height} nothing is cut at the side`, async ({ page }) => {
    await page.setViewportSize(size);
    await open(page);
    await newDesign(page);
    await expect(page.locator("[data-design]")).toHaveCount(1);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(size.width);
  });
}
