// The whole way with a mouse: from an empty canvas to a template that AWS's own linter takes.

import { expect, type Page, test } from "@playwright/test";
import { draw, links, node, nodes, onStage, openNew, pick, place } from "../support/editor";
import { add, choose, control, toggle, type, unfold } from "../support/fields";
import { content, lint, saved } from "../support/files";
import { marksAgree } from "../support/problems";
import { ready } from "../support/page";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

type Ids = Record<string, string>;

/** Puts all pieces where they belong, and names them. */
async function drawNodes(page: Page): Promise<Ids> {
  for (let i = 0; i < 3; i++) await page.getByRole("button", { name: "Alejar" }).click();
  await expect(page.getByRole("button", { name: "50 %" })).toBeVisible();
  const { x, y } = await onStage(page, 0, 0);
  const ids: Ids = {};
  const pieces: [kind: string, name: string, across: number, down: number][] = [
    ["users", "clientes", 56, 180],
    ["http_api", "tienda-api", 176, 180],
    ["vpc", "red", 370, 180],
    ["load_balancer", "tienda-alb", 306, 180],
    ["cluster", "tienda", 480, 180],
    ["service", "catalogo", 480, 150],
    ["service", "pedidos", 480, 210],
    ["task_definition", "tarea-catalogo", 690, 150],
    ["task_definition", "tarea-pedidos", 690, 210],
    ["role", "ejecucion", 690, 330],
    ["role", "permisos", 690, 400],
  ];
  for (const [kind, name, across, down] of pieces) {
    ids[name] = await place(page, kind, { x: x + across, y: y + down });
    await type(page, "name", name);
    await expect(node(page, ids[name])).toContainText(name);
  }
  return ids;
}

/** A container: image, port, and its variables from the lines of a file. */
async function setContainer(page: Page, id: string, name: string, env: string): Promise<void> {
  await pick(page, id);
  const at = "containers.0";
  await type(page, `${at}.name`, name);
  await type(page, `${at}.image`, "public.ecr.aws/nginx/nginx:1.29");
  if ((await control(page, `${at}.ports.0.containerPort`).count()) === 0) await add(page, `${at}.ports`);
  await type(page, `${at}.ports.0.containerPort`, "8080");
  await unfold(page, "environment", at);
  await add(page, `${at}.environment`);
  await page.evaluate((text) => navigator.clipboard.writeText(text), env);
  await control(page, `${at}.environment.0.name`).click();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(control(page, `${at}.environment.0.value`)).not.toHaveValue("");
}

/** Routes and mapping of the link to the load balancer, which is selected. */
async function setIntegration(page: Page): Promise<void> {
  await type(page, "routes.0.path", "/tienda/{proxy+}");
  await add(page, "requestParameters");
  const at = "requestParameters.0";
  await choose(page, `${at}.action`, "overwrite");
  await choose(page, `${at}.location`, "header");
  await type(page, `${at}.name`, "x-request-id");
  await type(page, `${at}.value`, "$context.requestId");
}

/** A rule by path for the link to a service, which is selected. */
async function setRule(page: Page, paths: string[], priority: string): Promise<void> {
  await toggle(page, "default", false);
  await type(page, "priority", priority);
  for (const [i, path] of paths.entries()) {
    if ((await control(page, `paths.${i}`).count()) === 0) await add(page, "paths");
    await type(page, `paths.${i}`, path);
  }
}

async function setScaling(page: Page, id: string, least: string, most: string): Promise<void> {
  await pick(page, id);
  await toggle(page, "scaling.enabled", true);
  await type(page, "scaling.min", least);
  await type(page, "scaling.max", most);
  await type(page, "scaling.targetCpu", "60");
}

/** Links all that belongs together, and sets what the links and the nodes carry. */
async function linkAndEdit(page: Page, ids: Ids): Promise<void> {
  const [first, second] = [ids["tarea-catalogo"], ids["tarea-pedidos"]];
  await draw(page, ids.clientes, ids["tienda-api"]);
  await draw(page, ids["tienda-api"], ids["tienda-alb"]);
  await setIntegration(page);
  await draw(page, ids.catalogo, first);
  await draw(page, ids.pedidos, second);
  await setContainer(page, first, "catalogo", "# de la tienda\nTIENDA_NOMBRE=Tienda Virtual\nCATALOGO_PAGINA=20\n");
  await setContainer(page, second, "pedidos", 'export PEDIDOS_MONEDA="PEN"\n');
  await draw(page, ids["tienda-alb"], ids.catalogo);
  await setRule(page, ["catalogo", "/catalogo/*"], "10");
  await draw(page, ids["tienda-alb"], ids.pedidos);
  await setRule(page, ["/pedidos", "/pedidos/*"], "20");
  await setScaling(page, ids.catalogo, "2", "6");
  await setScaling(page, ids.pedidos, "4", "2");
  for (const task of [first, second]) {
    await draw(page, task, ids.ejecucion);
    await draw(page, task, ids.permisos);
  }
}

const bad = (page: Page) => page.locator("[data-finding].error, [data-finding].warning");

/** Mends what is wrong by the buttons that the list offers, until nothing bad is left. */
async function fixAll(page: Page): Promise<void> {
  await expect(bad(page).filter({ hasText: "ALB009" })).toBeVisible();
  await expect(bad(page).filter({ hasText: "SVC012" })).toBeVisible();
  while ((await bad(page).count()) > 0) {
    const left = await bad(page).count();
    await bad(page).first().locator(".problem-fix button").click();
    await expect(async () => expect(await bad(page).count()).toBeLessThan(left)).toPass();
  }
}

/** Presses keys as long as a button says that there is something to undo or redo. */
async function until(page: Page, button: string, keys: string): Promise<void> {
  const steps = page.getByRole("button", { name: button });
  while ((await steps.getAttribute("aria-disabled")) !== "true") await page.keyboard.press(keys);
}

test("Tienda Virtual, drawn with the mouse, is kept, undone, redone and exported", async ({ page }, info) => {
  test.setTimeout(480_000);
  await openNew(page);
  const ids = await drawNodes(page);
  await page.getByRole("tab", { name: "Problemas" }).click();
  await marksAgree(page);

  await linkAndEdit(page, ids);
  await marksAgree(page);
  await fixAll(page);
  await marksAgree(page);
  const drawn = await content(page);
  await expect(links(page).and(page.locator("[aria-label*=\"/catalogo /catalogo/* · :8080\"]"))).toHaveCount(1);

  await page.getByRole("button", { name: "Deshacer" }).click();
  await until(page, "Deshacer", "ControlOrMeta+Z");
  await expect(nodes(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Empieza a dibujar" })).toBeVisible();
  await page.getByRole("button", { name: "Rehacer" }).click();
  await until(page, "Rehacer", "ControlOrMeta+Shift+Z");
  expect(await content(page)).toBe(drawn);

  await page.reload();
  await ready(page);
  await expect(nodes(page)).toHaveCount(11);
  await expect(links(page)).toHaveCount(10);
  expect(await content(page)).toBe(drawn);

  await page.getByRole("button", { name: "Exportar" }).click();
  await page.getByRole("combobox", { name: "Formato" }).selectOption({ label: "CloudFormation" });
  const template = await saved(page, () => page.getByRole("button", { name: "Descargar", exact: true }).click());
  expect(template.file).toBe("Mi arquitectura.template.json");
  await lint(template.text, info);
});
