// The whole way by keyboard alone, in Spanish.

import { expect, type Page, test } from "@playwright/test";
import { nodes, openNew } from "../support/editor";
import { control, field } from "../support/fields";
import { content, lint, manifest, saved } from "../support/files";
import { act, flip, goToCard, goToPanel, hit, linkTo, openFields, press, put, write } from "../support/keyboard";
import { ready } from "../support/page";
import { marksAgree } from "../support/problems";

test.use({ locale: "es-PE", permissions: ["clipboard-read", "clipboard-write"] });

const bad = (page: Page) => page.locator("[data-finding].error, [data-finding].warning");

async function putAll(page: Page): Promise<Record<string, string>> {
  const pieces: [kind: string, name: string][] = [
    ["users", "clientes"],
    ["http_api", "tienda-api"],
    ["vpc", "red"],
    ["load_balancer", "tienda-alb"],
    ["cluster", "tienda"],
    ["service", "catalogo"],
    ["service", "pedidos"],
    ["task_definition", "tarea-catalogo"],
    ["task_definition", "tarea-pedidos"],
    ["role", "ejecucion"],
    ["role", "permisos"],
  ];
  const ids: Record<string, string> = {};
  for (const [kind, name] of pieces) ids[name] = await put(page, kind, name);
  return ids;
}

/** From card to card, with what each link and node is to hold. */
async function linkAndEdit(page: Page, ids: Record<string, string>): Promise<void> {
  const link = async (from: string, to: string) => {
    await goToCard(page, ids[from]);
    await linkTo(page, to);
  };
  await link("clientes", "tienda-api");
  await link("tienda-api", "tienda-alb");
  await openFields(page);
  await write(page, "routes.0.path", "/tienda/{proxy+}");
  await hit(page, field(page, "requestParameters").locator(".adder"));
  await press(page, "Tab", control(page, "requestParameters.0.name"));
  await page.keyboard.type("x-request-id");
  await write(page, "requestParameters.0.value", "$context.requestId");

  for (const name of ["catalogo", "pedidos"]) {
    await link(name, `tarea-${name}`);
    await goToCard(page, ids[`tarea-${name}`]);
    await openFields(page);
    await write(page, "containers.0.name", name);
    await write(page, "containers.0.image", "public.ecr.aws/nginx/nginx:1.29");
    const folded = field(page, "containers.0").locator("[data-section=environment] .section-toggle");
    // Once unfolded, it is so for the next container too.
    if ((await folded.getAttribute("aria-expanded")) !== "true") await hit(page, folded);
    await hit(page, field(page, "containers.0.environment").locator(".adder"));
    await press(page, "Tab", control(page, "containers.0.environment.0.name"));
    await page.evaluate(() => navigator.clipboard.writeText("TIENDA_NOMBRE=Tienda Virtual\nMONEDA=PEN\n"));
    await page.keyboard.press("ControlOrMeta+V");
    await expect(control(page, "containers.0.environment.1.value")).toHaveValue("PEN");
    await goToCard(page, ids[`tarea-${name}`]);
    await linkTo(page, "ejecucion");
    await goToCard(page, ids[`tarea-${name}`]);
    await linkTo(page, "permisos");

    await link("tienda-alb", name);
    await openFields(page);
    // The first service took all requests: it gets a rule of its own, as the second has.
    if (await field(page, "default").getByRole("switch").isChecked()) await flip(page, "default");
    if ((await control(page, "paths.0").count()) === 0) await hit(page, field(page, "paths").locator(".adder"));
    await write(page, "paths.0", `/${name}`);
    await page.keyboard.press("Enter");
    await expect(control(page, "paths.1")).toBeFocused();
    await page.keyboard.type(`${name}/*`);
  }
  await goToCard(page, ids.pedidos);
  await openFields(page);
  await flip(page, "scaling.enabled");
  await write(page, "scaling.min", "4");
  await write(page, "scaling.max", "2");
}

/** Mends what is wrong by the buttons of the list of problems. */
async function fixAll(page: Page): Promise<void> {
  await act(page, "Problemas");
  await expect(bad(page).filter({ hasText: "SVC012" })).toHaveCount(1);
  await expect(bad(page).filter({ hasText: "ALB009" })).toHaveCount(2);
  while ((await bad(page).count()) > 0) {
    const left = await bad(page).count();
    await goToPanel(page, "drawer");
    await hit(page, bad(page).first().locator(".problem-fix button"));
    await expect(async () => expect(await bad(page).count()).toBeLessThan(left)).toPass();
  }
}

async function until(page: Page, button: string, keys: string): Promise<void> {
  const steps = page.getByRole("button", { name: button });
  while ((await steps.getAttribute("aria-disabled")) !== "true") await page.keyboard.press(keys);
}

test("Tienda Virtual, drawn by keyboard alone, is kept, undone, redone and exported", async ({ page }, info) => {
  test.setTimeout(480_000);
  await openNew(page);
  const ids = await putAll(page);
  await linkAndEdit(page, ids);
  expect((await manifest(page)).links).toHaveLength(10);
  await fixAll(page);
  await marksAgree(page);
  const drawn = await content(page);

  await goToPanel(page, "canvas");
  await until(page, "Deshacer", "ControlOrMeta+Z");
  await expect(nodes(page)).toHaveCount(0);
  await until(page, "Rehacer", "ControlOrMeta+Y");
  expect(await content(page)).toBe(drawn);

  await page.reload();
  await ready(page);
  await expect(page.getByRole("textbox", { name: "Nombre del diseño" })).toHaveValue("Mi arquitectura");
  expect(await content(page)).toBe(drawn);

  await act(page, "Exportar");
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("[data-panel=drawer]") !== null)).toBe(true);
  const download = page.getByRole("button", { name: "Descargar", exact: true });
  await press(page, "Tab", download);
  const template = await saved(page, () => page.keyboard.press("Enter"));
  expect(template.file).toBe("Mi arquitectura.template.json");
  await lint(template.text, info);
});
