// The workbench for parameter mappings: the table, a sample, and what arrives.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { inspector, openManifest, openTemplate, pick } from "../support/editor";
import { manifest } from "../support/files";

interface Mapping {
  action: string;
  location: string;
  name: string;
  value: string;
  status?: number;
}

const bench = (page: Page): Locator => page.locator("[data-dialog=workbench]");
const cell = (page: Page, path: string): Locator => bench(page).locator(`[data-field="${path}"]`).locator("input, select").first();
const row = (page: Page, path: string): Locator => bench(page).locator(`li[data-field="${path}"]`);
const wire = (page: Page): Locator => bench(page).locator(".wire-line");

/** Opens the workbench of the link from the API to the load balancer. */
async function openBench(page: Page, words = { link: "Abrir el enlace con tienda-alb", open: "Probar el mapeo de parámetros" }): Promise<void> {
  await openTemplate(page, "tienda-virtual");
  await pick(page, "api1");
  // On a narrow screen the properties are a sheet that is asked for.
  const sheet = page.locator("[data-view=inspector]");
  if (await sheet.isVisible()) await sheet.click();
  await inspector(page).getByRole("button", { name: words.link }).click();
  await inspector(page).getByRole("button", { name: words.open }).click();
  await expect(bench(page)).toBeVisible();
}

async function close(page: Page): Promise<void> {
  await bench(page).getByRole("button", { name: "Cerrar" }).click();
  await expect(bench(page)).toBeHidden();
}

/** What the integration holds of mappings. */
async function stored(page: Page, list: "requestParameters" | "responseParameters"): Promise<Mapping[]> {
  await close(page);
  const all = await manifest(page);
  const link = all.links.find((one) => one.from === "api1");
  return (link?.props as Record<string, Mapping[]> | undefined)?.[list] ?? [];
}

/** Adds a mapping, and gives the path of it. */
async function addMapping(page: Page, list: string): Promise<string> {
  const index = await bench(page).locator(".bench-row").count();
  await bench(page).getByRole("button", { name: /^Añadir un mapeo/ }).click();
  await expect(row(page, `${list}.${index}`)).toBeVisible();
  return `${list}.${index}`;
}

test("a mapping is completed, tried and stored", async ({ page }) => {
  await openBench(page);
  const at = await addMapping(page, "requestParameters");
  await expect(cell(page, `${at}.action`)).toBeFocused();
  await cell(page, `${at}.name`).fill("x-ip");
  await cell(page, `${at}.value`).click();
  await page.keyboard.type("$con");
  const list = bench(page).getByRole("listbox");
  await expect(list).toBeVisible();
  await expect(cell(page, `${at}.value`)).toHaveAttribute("aria-expanded", "true");
  await expect(list.getByRole("option").first()).toContainText("$context.requestId");
  // What an offer would give stands beside it.
  await page.keyboard.type("text.identity.so");
  await expect(list.getByRole("option", { selected: true })).toContainText("$context.identity.sourceIp");
  await expect(list.getByRole("option", { selected: true })).toContainText("203.0.113.25");
  await page.keyboard.press("Enter");
  await expect(list).toBeHidden();
  await expect(cell(page, `${at}.value`)).toHaveValue("$context.identity.sourceIp");
  await expect(row(page, at)).toContainText("203.0.113.25");
  await expect(wire(page).filter({ hasText: "x-ip: 203.0.113.25" })).toHaveAttribute("data-how", "added");
  expect((await stored(page, "requestParameters")).at(-1)).toMatchObject({
    action: "append",
    location: "header",
    name: "x-ip",
    value: "$context.identity.sourceIp",
  });
});

test("an expression within text gets braces, and a click chooses too", async ({ page }) => {
  await openBench(page);
  const at = await addMapping(page, "requestParameters");
  await cell(page, `${at}.location`).selectOption("path");
  await cell(page, `${at}.action`).selectOption("overwrite");
  await cell(page, `${at}.value`).click();
  await page.keyboard.type("/tienda$request.pa");
  await bench(page).getByRole("option", { name: "$request.path", exact: false }).first().click();
  await expect(cell(page, `${at}.value`)).toHaveValue("/tienda${request.path}");
  await bench(page).getByLabel("Camino", { exact: true }).fill("/catalogo/7");
  await expect(bench(page).locator("[data-wire=path]")).toHaveText("/tienda/catalogo/7");
  await expect(wire(page).first()).toHaveAttribute("data-how", "changed");
  await expect(bench(page).locator(".bench-url")).toContainText("amazonaws.com/tienda/catalogo/7");
  // A value that is whole is not in the way of another one.
  await cell(page, `${at}.value`).press("Control+Space");
  await expect(bench(page).getByRole("listbox")).toBeVisible();
});

test("what a mapping reads follows the sample", async ({ page }) => {
  await openBench(page);
  const at = await addMapping(page, "requestParameters");
  await cell(page, `${at}.name`).fill("x-total");
  await cell(page, `${at}.value`).fill("$request.body.total");
  await expect(row(page, at)).toContainText("No da nada con este ejemplo");
  await bench(page).getByLabel("Método").selectOption("POST");
  await bench(page).getByLabel("Cuerpo").fill('{"total": 31}');
  await expect(wire(page).filter({ hasText: "x-total: 31" })).toHaveAttribute("data-how", "added");
  await bench(page).getByLabel("Encabezados, uno por línea").fill("Accept: */*\nsin dos puntos");
  await expect(bench(page).getByLabel("Encabezados, uno por línea")).toHaveAccessibleDescription(/línea 2/);
  // The sample is kept while the design is open, and given back on request.
  await close(page);
  await inspector(page).getByRole("button", { name: "Probar el mapeo de parámetros" }).click();
  await expect(bench(page).getByLabel("Cuerpo")).toHaveValue('{"total": 31}');
  await bench(page).getByRole("button", { name: "Volver al ejemplo inicial" }).click();
  await expect(bench(page).getByLabel("Cuerpo")).toHaveValue("");
});

test("what AWS would refuse is told at its cell, and changes nothing", async ({ page }) => {
  await openBench(page);
  const at = await addMapping(page, "requestParameters");
  await cell(page, `${at}.name`).fill("Authorization");
  await cell(page, `${at}.value`).fill("abc");
  await expect(cell(page, `${at}.name`)).toHaveAttribute("aria-invalid", "true");
  await expect(cell(page, `${at}.name`)).toHaveAccessibleDescription(/reservado/);
  await expect(wire(page).filter({ hasText: "Authorization" })).toHaveCount(0);
  await cell(page, `${at}.name`).fill("x-clave");
  await expect(cell(page, `${at}.name`)).not.toHaveAttribute("aria-invalid", "true");
  await expect(wire(page).filter({ hasText: "x-clave: abc" })).toHaveCount(1);
  await cell(page, `${at}.value`).fill("$response.header.x");
  await expect(cell(page, `${at}.value`)).toHaveAttribute("aria-invalid", "true");
  await row(page, at).getByRole("button", { name: "Corregir el valor" }).click();
  await expect(cell(page, `${at}.value`)).toHaveValue("$request.header.x");
});

test("responses are mapped by their status", async ({ page }) => {
  await openBench(page);
  await bench(page).getByRole("tab", { name: "Respuesta" }).click();
  await expect(bench(page).getByRole("tab", { name: "Respuesta" })).toHaveAttribute("aria-selected", "true");
  const at = await addMapping(page, "responseParameters");
  await cell(page, `${at}.status`).fill("500");
  await cell(page, `${at}.action`).selectOption("overwrite");
  await cell(page, `${at}.location`).selectOption("statuscode");
  await cell(page, `${at}.value`).fill("503");
  await expect(row(page, at)).toContainText("No se aplica a un 200");
  await expect(bench(page).locator("[data-wire=status]")).toHaveText("200");
  await bench(page).getByLabel("Código de estado").last().fill("500");
  await expect(bench(page).locator("[data-wire=status]")).toHaveText("503");
  await expect(wire(page).first()).toHaveAttribute("data-how", "changed");
  expect(await stored(page, "responseParameters")).toMatchObject([{ status: 500, action: "overwrite", location: "statuscode", value: "503" }]);
});

test("all of it can be done and undone by the keyboard", async ({ page }) => {
  await openBench(page);
  const rows = bench(page).locator(".bench-row");
  const before = await rows.count();
  await bench(page).getByRole("tab", { name: "Petición" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(bench(page).getByRole("tab", { name: "Respuesta" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowLeft");
  await bench(page).getByRole("button", { name: /^Añadir un mapeo/ }).focus();
  await page.keyboard.press("Enter");
  const at = `requestParameters.${before}`;
  await expect(cell(page, `${at}.action`)).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("x-ruta");
  await page.keyboard.press("Tab");
  await expect(cell(page, `${at}.value`)).toBeFocused();
  // Down opens the list; Escape closes it alone.
  await page.keyboard.press("ArrowDown");
  await expect(bench(page).getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bench(page).getByRole("listbox")).toBeHidden();
  await expect(bench(page)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(cell(page, `${at}.value`)).toHaveValue("$request.path");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(cell(page, `${at}.value`)).toHaveValue("");
  await bench(page).getByRole("button", { name: "Deshacer" }).click();
  await bench(page).getByRole("button", { name: "Deshacer" }).click();
  await expect(rows).toHaveCount(before);
  await bench(page).getByRole("button", { name: "Rehacer" }).click();
  await expect(rows).toHaveCount(before + 1);
  await row(page, at).getByRole("button", { name: /^Quitar/ }).click();
  await expect(rows).toHaveCount(before);
});

/** A REST API whose one method asks for another path behind the load balancer. */
const REST = {
  name: "Portal",
  nodes: [
    { id: "rest1", kind: "rest_api", name: "portal", x: 40, y: 40 },
    { id: "alb1", kind: "load_balancer", name: "publico", x: 360, y: 40 },
  ],
  links: [{ id: "link1", from: "rest1", to: "alb1", props: { routes: [{ method: "GET", path: "/tienda/{id}", backendPath: "/productos/{id}" }] } }],
};

test("a REST API maps in words of its own, and requests alone", async ({ page }) => {
  await openManifest(page, REST);
  await pick(page, "rest1");
  await inspector(page).getByRole("button", { name: "Abrir el enlace con publico" }).click();
  await inspector(page).getByRole("button", { name: "Probar el mapeo de parámetros" }).click();
  await expect(bench(page).getByRole("tab")).toHaveCount(1);
  await expect(bench(page).locator("[data-wire=path]")).toHaveText("/productos/42");
  const at = await addMapping(page, "requestParameters");
  await cell(page, `${at}.name`).fill("x-id");
  await cell(page, `${at}.value`).click();
  await page.keyboard.type("path.i");
  await bench(page).getByRole("option", { name: /^method\.request\.path\.id/ }).click();
  await expect(cell(page, `${at}.value`)).toHaveValue("method.request.path.id");
  await expect(wire(page).filter({ hasText: "x-id: 42" })).toHaveAttribute("data-how", "added");
  await cell(page, `${at}.value`).fill("tienda");
  await expect(cell(page, `${at}.value`)).toHaveAttribute("aria-invalid", "true");
  await bench(page).getByLabel("Camino", { exact: true }).fill("/otra");
  await expect(bench(page)).toContainText("API Gateway responde 403");
});

for (const [locale, words] of [
  ["es-PE", { link: "Abrir el enlace con tienda-alb", open: "Probar el mapeo de parámetros", add: /^Añadir un mapeo/, answer: "Respuesta", gets: "Lo que recibe el balanceador" }],
  ["en-GB", { link: "Open the link with tienda-alb", open: "Try the parameter mapping", add: /^Add a mapping/, answer: "Response", gets: "What the load balancer gets" }],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 820, height: 1180 }]) {
      test.describe(`${locale} ${colorScheme} ${viewport.width}`, () => {
        test.use({ locale, colorScheme, viewport });

        test("it can be read by everybody", async ({ page }) => {
          await openBench(page, words);
          await expect(bench(page).getByRole("heading", { name: words.gets })).toBeVisible();
          await bench(page).getByRole("button", { name: words.add }).click();
          await cell(page, "requestParameters.0.name").fill("via");
          await cell(page, "requestParameters.0.value").press("Control+Space");
          await expect(bench(page).getByRole("listbox")).toBeVisible();
          const found = await new AxeBuilder({ page }).include("[data-dialog=workbench]").withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]).analyze();
          expect(found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")} ${node.failureSummary}`))).toEqual([]);
          const overflows = await bench(page).locator(".bench-body").evaluate((body) => body.scrollWidth > body.clientWidth + 1);
          expect(overflows).toBe(false);
          await page.keyboard.press("Escape");
          await bench(page).getByRole("tab", { name: words.answer }).click();
          const answer = await new AxeBuilder({ page }).include("[data-dialog=workbench]").withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]).analyze();
          expect(answer.violations.map((one) => one.id)).toEqual([]);
        });
      });
    }
  }
}
