// The properties of what is selected, the problems that lead to them, and the files that they become.

import { expect, type Locator, type Page, test } from "@playwright/test";
import { box, boxes, drawn, inspector, links, middle, node, openManifest, openTemplate, pick, selected, SMALL } from "../support/editor";
import { add, choose, control, field, type } from "../support/fields";
import { type Manifest, manifest } from "../support/files";

const props = (all: Manifest, id: string) =>
  [...all.nodes, ...all.links].find((one) => one.id === id)?.props as Record<string, unknown>;

/** What a list offers. */
const offered = (page: Page, path: string) =>
  control(page, path).locator("option:not([disabled])").evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));

test("of CPU and memory only the pairs of Fargate are offered", async ({ page }) => {
  await openManifest(page, SMALL);
  await pick(page, "task1");
  await expect.poll(() => offered(page, "cpu")).toEqual(["256", "512", "1024", "2048", "4096", "8192", "16384", "32768"]);
  await expect.poll(() => offered(page, "memory")).toEqual(["512", "1024", "2048"]);
  await choose(page, "cpu", "1024");
  await expect.poll(() => offered(page, "memory")).toEqual(["2048", "3072", "4096", "5120", "6144", "7168", "8192"]);
  await expect(control(page, "memory")).toHaveValue("2048");
  await choose(page, "cpu", "16384");
  await expect.poll(async () => (await offered(page, "memory")).slice(0, 3)).toEqual(["32768", "40960", "49152"]);
  await page.keyboard.press("Escape");
  expect(props(await manifest(page), "task1")).toMatchObject({ cpu: 16384, memory: 32768 });
});

test("what is wrong stands at its field as one types, and goes when it is right", async ({ page }) => {
  await openManifest(page, SMALL);
  await pick(page, "task1");
  const image = control(page, "containers.0.image");
  const message = field(page, "containers.0.image").locator(".field-finding.error");
  await expect(message).toContainText("no tiene imagen");
  await expect(image).toHaveAttribute("aria-invalid", "true");
  await expect(image).toHaveAccessibleDescription(/no tiene imagen/);
  await image.click();
  await page.keyboard.type("mi imagen");
  await expect(message).toBeVisible();
  await expect(message).not.toContainText("no tiene imagen");
  await type(page, "containers.0.image", "nginx:1.29");
  await expect(message).toHaveCount(0);
  await expect(image).not.toHaveAttribute("aria-invalid", "true");

  await pick(page, "service1");
  await type(page, "desiredCount", "muchas");
  await expect(field(page, "desiredCount")).toContainText("Escribe un número entero.");
  await page.keyboard.press("Escape");
  await expect(control(page, "desiredCount")).toHaveValue("2");
});

test("each field tells its unit, its default and its page of AWS", async ({ page }) => {
  await openManifest(page, SMALL);
  await pick(page, "service1");
  await expect(field(page, "desiredCount")).toContainText("tareas");
  await expect(field(page, "deployment.maximumPercent").getByRole("link")).toHaveAttribute("href", /^https:\/\/docs\.aws\.amazon\.com\//);
  await type(page, "desiredCount", "5");
  await expect(field(page, "desiredCount")).toContainText("Por defecto: 2");
  await field(page, "desiredCount").getByRole("button", { name: "Volver al valor por defecto" }).click();
  await expect(control(page, "desiredCount")).toHaveValue("2");
});

test("several services are changed at once", async ({ page }) => {
  await openManifest(page, SMALL);
  await pick(page, "service1");
  await type(page, "desiredCount", "4");
  await node(page, "service2").click({ modifiers: ["Shift"] });
  await expect(selected(page)).toHaveCount(2);
  await expect(inspector(page).getByRole("heading", { name: "2 elementos seleccionados" })).toBeVisible();
  await expect(control(page, "desiredCount")).toHaveValue("");
  await expect(control(page, "desiredCount")).toHaveAttribute("placeholder", "Varios valores");
  await type(page, "desiredCount", "3");
  const both = await manifest(page);
  expect([props(both, "service1").desiredCount, props(both, "service2").desiredCount]).toEqual([3, 3]);
  await page.getByRole("button", { name: "Deshacer" }).click();
  const before = await manifest(page);
  expect([props(before, "service1").desiredCount, props(before, "service2").desiredCount]).toEqual([4, 2]);
});

test("lists of a link grow, shrink and change their order", async ({ page }) => {
  await openTemplate(page, "tienda-virtual");
  await pick(page, "alb1");
  await inspector(page).getByRole("button", { name: "Abrir el enlace con catalogo" }).click();
  await expect(page.locator('[data-link="link3"]')).toHaveAttribute("data-selected", "");
  const paths = async () => props(await manifest(page), "link3").paths;
  expect(await paths()).toEqual(["/catalogo", "/catalogo/*"]);
  await add(page, "paths");
  await expect(control(page, "paths.2")).toBeFocused();
  await page.keyboard.type("/ofertas");
  await field(page, "paths.2").getByRole("button", { name: "Subir" }).click();
  await expect.poll(paths).toEqual(["/catalogo", "/ofertas", "/catalogo/*"]);
  await control(page, "paths.1").press("Alt+ArrowUp");
  await expect.poll(paths).toEqual(["/ofertas", "/catalogo", "/catalogo/*"]);
  await field(page, "paths.2").getByRole("button", { name: "Quitar" }).click();
  await expect.poll(paths).toEqual(["/ofertas", "/catalogo"]);
  await expect(page.locator('[data-label-of="link3"]')).toContainText("/ofertas /catalogo");

  await pick(page, "alb1");
  await inspector(page).getByRole("button", { name: "Abrir el enlace con pedidos" }).click();
  await type(page, "priority", "10");
  await expect(field(page, "priority").locator(".field-finding.error")).toBeVisible();
  await field(page, "priority").getByRole("button", { name: "Usar la siguiente libre" }).click();
  await expect(field(page, "priority").locator(".field-finding")).toHaveCount(0);
});

test("a problem leads to its field", async ({ page }) => {
  await openManifest(page, SMALL);
  await page.getByRole("tab", { name: "Problemas" }).click();
  await page.getByRole("button", { name: "Ir a Imagen de tarea" }).click();
  await expect(node(page, "task1")).toHaveAttribute("data-selected", "");
  await expect(control(page, "containers.0.image")).toBeFocused();

  const why = page.locator("[data-panel=drawer] [data-finding=TSK008]");
  await why.locator("summary").click();
  await expect(why).toContainText("Lo que diría AWS");
  await why.locator(".problem-fix button").click();
  await expect(why).toHaveCount(0);
  await expect(links(page)).toHaveCount(1);
});

/** Turns the wheel until a line is seen, and clicks it. Lines far away are not in the page. */
async function turnTo(page: Page, code: Locator, text: string, by: number): Promise<void> {
  const line = code.locator(".code-line", { hasText: text }).first();
  const seen = await box(code);
  await code.hover();
  await expect(async () => {
    const [at] = await boxes(line);
    const isSeen = at && at.y > seen.y && at.y + at.height < seen.y + seen.height;
    if (!isSeen) {
      await page.mouse.wheel(0, by);
      await drawn(page);
    }
    expect(isSeen).toBe(true);
  }).toPass({ intervals: [50] });
  const at = await middle(line);
  await page.mouse.click(Math.min(at.x, seen.x + 120), at.y);
}

test("a line of a file leads to what it came from, and what is selected marks its lines", async ({ page }) => {
  await openTemplate(page, "tienda-virtual");
  await page.getByRole("button", { name: "Exportar" }).click();
  const code = page.getByRole("listbox", { name: "CloudFormation" });
  await pick(page, "service1");
  const marked = code.locator(".code-line.marked");
  await expect(marked.first()).toBeVisible();
  await expect(code.locator(".code-line.marked", { hasText: '"AWS::EC2::SecurityGroup"' })).toHaveCount(1);

  await turnTo(page, code, '"DesiredCount"', 40);
  await expect(control(page, "desiredCount")).toBeFocused();
  await type(page, "desiredCount", "3");
  await expect(code.locator(".code-line", { hasText: '"DesiredCount": 3' })).toHaveCount(1);

  await page.getByRole("combobox", { name: "Formato" }).selectOption({ label: "Manifiesto" });
  const text = page.getByRole("listbox", { name: "Manifiesto" });
  await turnTo(page, text, '"tienda-api"', -40);
  await expect(node(page, "api1")).toHaveAttribute("data-selected", "");
});
