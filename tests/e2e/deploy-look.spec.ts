// The deployment with real data in it, from pasting to the check that nothing is left: axe in both themes, nothing cut off on a
// large and on a small screen, and the pictures of the guides. Asked for with TRAZO_SCREENSHOTS=1.

import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { button, connect, ends, openToDeploy, operation, prepare, remove, slowly, step, unfold, withoutScaling } from "../support/deploy";
import { box } from "../support/editor";
import { emulator } from "../support/emulators";
import { cutOff, violations } from "../support/look";

test.use({ serviceWorkers: "block" });

/** Asked for by name, since pictures differ from machine to machine. */
const KEPT = process.env.TRAZO_SCREENSHOTS === "1";
const DOCS = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));

/** Gives the deployment most of the height. */
async function enlarge(page: Page): Promise<void> {
  const splitter = page.locator("[role=separator][aria-orientation=horizontal]");
  await splitter.focus();
  await page.keyboard.press("End");
  await splitter.blur();
}

test("every step of the deployment can be read by everybody, large and small, by day and by night", async ({ page }, info) => {
  test.skip(!KEPT, "it takes minutes, and pictures differ from machine to machine");
  test.setTimeout(600_000);
  const found: string[] = [];

  /** Looks at what is there now. */
  async function look(name: string, docs = false): Promise<void> {
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations(page)).map((one) => `${name}, ${colorScheme}: ${one}`));
      await page.screenshot({ path: info.outputPath(`${name}-large-${colorScheme}.png`) });
    }
    found.push(...(await cutOff(page)).map((one) => `${name}, large: ${one}`));
    if (docs && KEPT) {
      const { x, y, width } = await box(page.locator("[data-panel=canvas]"));
      const clip = { x, y, width, height: 900 - y };
      await page.screenshot({ path: `${DOCS}deploy-${name}.png`, scale: "css", clip });
    }
    await page.setViewportSize({ width: 820, height: 1180 });
    await page.locator("[data-view=deploy]").click();
    await expect(step(page, "create")).toBeVisible();
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: info.outputPath(`${name}-small-${colorScheme}.png`) });
    }
    found.push(...(await cutOff(page)).map((one) => `${name}, small: ${one}`));
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  await page.route(/amazonaws\.com/, (route) => route.abort());
  const aws = await emulator("ministack");
  const events = await slowly(page);
  await openToDeploy(page, withoutScaling("lambda-y-ecs"));
  await enlarge(page);
  await look("paste", true);
  await connect(page, aws);
  await look("identity");
  await page.getByRole("button", { name: "Ver el plan" }).click();
  await expect(step(page, "plan").getByRole("checkbox", { checked: true })).toHaveCount(2);
  await look("plan", true);
  for (const section of await step(page, "plan").locator(".deploy-section > summary").all()) await section.click();
  await step(page, "plan").locator("[data-section=cost]").scrollIntoViewIfNeeded();
  await look("plan-whole");
  await prepare(page, "Preparar la creación");
  await look("changes");
  await button(page, "Crear ahora").click();
  events.more(14);
  await expect(operation(page).locator("[data-state=Done]").first()).toBeVisible();
  await look("progress", true);
  events.all();
  await ends(page, "CREATE_COMPLETE");
  await look("done");

  await aws.rouse();
  await unfold(page, "running");
  await page.getByRole("button", { name: "Ver en marcha" }).click();
  await expect(step(page, "running").locator("[data-service]")).toContainText("172.31.0.10", { timeout: 30_000 });
  await step(page, "running").getByText(/^Registros de/).click();
  await expect(page.locator(".deploy-lines")).toContainText("POST /pedidos 201");
  await look("live", true);
  await step(page, "running").getByRole("button", { name: "Enviar" }).click();
  await expect(step(page, "running").getByRole("alert")).toBeVisible();
  await look("blocked");

  await page.getByRole("button", { name: "catalogo" }).first().click();
  const count = page.locator("[data-panel=inspector]").getByRole("spinbutton", { name: /^Tareas deseadas/ });
  await count.fill("3");
  await count.press("Enter");
  const update = await prepare(page, "Preparar los cambios");
  await update.locator("[data-action=Change] summary").first().click();
  await look("update", true);
  await button(page, "Descartar").click();
  await expect(update).toHaveCount(0);
  await aws.tamper();
  await button(page, "Buscar desviaciones").click();
  await expect(page.getByTestId("drift").locator("[data-drift]").first()).toBeVisible();
  await look("drift");

  await button(page, "Quitar todo…").click();
  await look("confirm");
  await page.keyboard.press("Escape");
  await remove(page);
  await ends(page, "DELETE_COMPLETE");
  await look("removed", true);
  await aws.stop();
  expect(found).toEqual([]);
});
