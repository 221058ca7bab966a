// The deployment with real data in it, from pasting to the check that nothing is left, by both engines: axe in both themes, nothing
// cut off on a large and on a small screen, all of it said in both languages; and the pictures of the guides. Asked for with
// TRAZO_SCREENSHOTS=1.

import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { button, connect, ends, openToDeploy, operation, prepare, remove, slowly, step, unfold, withoutScaling } from "../support/deploy";
import { box, fit, openTemplate, pick } from "../support/editor";
import { emulator } from "../support/emulators";
import * as fields from "../support/fields";
import { looker } from "../support/look";
import * as steps from "../support/steps";

test.use({ serviceWorkers: "block" });
test.skip(process.env.TRAZO_SCREENSHOTS !== "1", "it takes minutes, and pictures differ from machine to machine");
test.describe.configure({ timeout: 900_000 });

const DOCS = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));

/** The emulator's APIs have addresses of their own, to which the page may not speak. */
const asOnAws = (text: string): string =>
  text.replace(/http:\/\/(\w+)\.execute-api\.localhost:\d+/g, "https://$1.execute-api.us-east-1.amazonaws.com");

/** What the API of the pictures answers. */
const PRODUCTS = [
  { id: 7, nombre: "Camiseta de la facultad", talla: "M", precio: 12.5 },
  { id: 8, nombre: "Sudadera con capucha", talla: "M", precio: 24.9 },
];

/** Gives most of the height to the deployment, or to the canvas. */
async function enlarge(page: Page, what: "deployment" | "canvas" = "deployment"): Promise<void> {
  const splitter = page.locator("[role=separator][aria-orientation=horizontal]");
  await splitter.focus();
  await page.keyboard.press(what === "deployment" ? "End" : "Home");
  await splitter.blur();
}

/** A picture for the guides: the canvas and what is below it. */
async function keep(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.mouse.move(0, 0);
  const { x, y, width } = await box(page.locator("[data-panel=canvas]"));
  await page.screenshot({ path: `${DOCS}deploy-${name}.png`, scale: "css", clip: { x, y, width, height: 900 - y } });
}

test("every step of a deployment by CloudFormation can be read by everybody", async ({ page }, info) => {
  const found: string[] = [];
  const look = looker(page, info, "deploy", found);
  await page.route(/amazonaws\.com/, (route) => route.abort());
  const aws = await emulator("ministack");
  const events = await slowly(page, asOnAws);
  await openToDeploy(page, withoutScaling("lambda-y-ecs"));
  await enlarge(page);
  await page.getByRole("button", { name: "Descartar el aviso" }).click();
  await keep(page, "paste");
  await look("paste");
  await connect(page, aws);
  await look("identity");
  await page.getByRole("button", { name: "Ver el plan" }).click();
  await expect(step(page, "plan").getByRole("checkbox", { checked: true })).toHaveCount(2);
  await keep(page, "plan");
  await look("plan");
  for (const section of await step(page, "plan").locator(".deploy-section > summary").all()) await section.click();
  await step(page, "plan").locator("[data-section=cost]").scrollIntoViewIfNeeded();
  await look("plan-whole");
  await prepare(page, "Preparar la creación");
  await look("changes");
  await button(page, "Crear ahora").click();
  events.more(14);
  await expect(operation(page).locator("[data-state=Done]").first()).toBeVisible();
  await keep(page, "progress");
  await look("progress");
  events.all();
  await ends(page, "CREATE_COMPLETE");
  await look("done");

  await aws.rouse();
  await unfold(page, "running");
  await page.getByRole("button", { name: "Ver en marcha" }).click();
  await expect(step(page, "running").locator("[data-service]")).toContainText("172.31.0.10", { timeout: 30_000 });
  await step(page, "running").getByText(/^Registros de/).click();
  await expect(page.locator(".deploy-lines")).toContainText("POST /pedidos 201");
  await keep(page, "live");
  await look("live");
  await step(page, "running").getByRole("button", { name: "Enviar" }).click();
  await expect(step(page, "running").getByRole("alert")).toBeVisible();
  await look("blocked");
  // No emulator runs containers: what the API would answer is told to the page in its place.
  await page.route(/\.execute-api\./, (route) => route.fulfill({ headers: { "access-control-allow-origin": "*" }, json: PRODUCTS }));
  const try_ = step(page, "running").locator(".deploy-console");
  await try_.getByLabel("Ruta").fill("/catalogo?talla=m");
  await try_.getByRole("button", { name: "Enviar" }).click();
  await expect(try_.locator(".deploy-reply")).toHaveAttribute("data-status", "200");
  await try_.scrollIntoViewIfNeeded();
  await keep(page, "try");
  await look("try");

  await enlarge(page, "canvas");
  await fit(page);
  await pick(page, "task1");
  await fields.unfold(page, "environment", "containers.0");
  await fields.type(page, "containers.0.environment.1.value", "40");
  await page.keyboard.press("Tab");
  await enlarge(page);
  const update = await prepare(page, "Preparar los cambios");
  await update.locator("[data-action=Replace] summary").first().click();
  await update.scrollIntoViewIfNeeded();
  await keep(page, "change");
  await look("update");
  await button(page, "Descartar").click();
  await expect(update).toHaveCount(0);
  await aws.tamper();
  await button(page, "Buscar desviaciones").click();
  await expect(page.getByTestId("drift").locator("[data-drift]").first()).toBeVisible();
  await look("drift");

  await button(page, "Quitar todo…").click();
  await look("confirm", { english: false });
  await page.keyboard.press("Escape");
  await remove(page);
  await ends(page, "DELETE_COMPLETE");
  await keep(page, "removed");
  await look("removed");
  await aws.stop();
  expect(found).toEqual([]);
});

test("every step of a deployment step by step can be read by everybody", async ({ page }, info) => {
  const found: string[] = [];
  const look = looker(page, info, "deploy", found);
  const aws = await emulator("moto");
  await aws.settings({ answers_v2: true });
  await openTemplate(page, "learner-lab");
  await steps.openPlace(page);
  await enlarge(page);
  await steps.goTo(page, aws.url);
  await steps.paste(page, aws.pasted);
  await steps.giveNetwork(page);
  await look("steps-plan");
  await steps.chooseSteps(page);
  const head = (nth: number) => steps.rows(page).nth(nth).locator(".deploy-one-head");
  await head(1).click();
  await look("steps-fresh");
  await steps.button(page, "Empezar con el primer paso").click();
  await steps.stands(page, "paused");
  await head(1).click();
  await head(0).click();
  await keep(page, "steps");
  await look("steps-first");
  await head(0).click();

  // AWS takes its time with the load balancer, and then will not have the service.
  await aws.faults([{ do: "refuse", why: "denied", operation: "CreateService" }]);
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/*", async (route) => {
    if (route.request().postData()?.includes("Action=CreateLoadBalancer")) await held;
    await route.fallback();
  });
  await steps.button(page, "Hacer los que quedan").click();
  await expect(page.locator("[data-step-id][data-state=sending]")).toContainText("CreateLoadBalancer");
  await page.screenshot({ path: info.outputPath("steps-running-large-light.png") });
  release();
  await steps.stands(page, "stopped");
  await page.locator("[data-step-id][data-state=failed]").scrollIntoViewIfNeeded();
  await look("steps-stopped");
  await steps.button(page, "Olvidar credenciales").click();
  await look("steps-unsigned");
  await steps.paste(page, aws.pasted);
  await steps.unfold(page, "create");
  await steps.button(page, "Reintentar y seguir").click();
  await steps.stands(page, "complete");
  await look("steps-complete");
  await steps.button(page, "Ver en marcha").click();
  await expect(step(page, "running").locator("[data-service]").first()).toBeVisible();
  await look("steps-live");
  await steps.unfold(page, "create");
  await steps.button(page, "Quitar todo…").click();
  await look("steps-confirm", { english: false });
  await page.keyboard.press("Escape");
  await steps.takeBack(page);
  await steps.stands(page, "removed");
  await look("steps-removed");
  await aws.stop();
  expect(found).toEqual([]);
});
