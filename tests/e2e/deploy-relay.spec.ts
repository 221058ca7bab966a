// API Gateway v2 answers no web page: what the direct connection says of that and does without it, and `trazo serve`, by which all goes.

import { request as ask } from "node:http";
import { expect, type Page, test } from "@playwright/test";
import {
  button,
  chooseSteps,
  giveNetwork,
  hurry,
  isAsDrawn,
  kept,
  openPlace,
  part,
  paste,
  phase,
  prepare,
  rows,
  stands,
  takeBack,
  template,
  unfold,
} from "../support/steps";
import { openTemplate, settled } from "../support/editor";
import { type Emulator, emulator, type Served, serveWithRelay } from "../support/emulators";

/** A design with an HTTP API, for the account that most have. */
const DESIGN = "learner-lab";

test.use({ serviceWorkers: "block" });
test.describe.configure({ timeout: 300_000 });

let aws: Emulator;
let served: Served;

test.beforeAll(async () => {
  aws = await emulator("moto");
  served = await serveWithRelay(aws);
});

test.afterAll(async () => {
  await served?.stop();
  await aws?.stop();
});

test.beforeEach(async () => {
  await aws.reset(true);
});
// What is still on its way when a test ends is no failure of it.
test.afterEach(async ({ page, context }) => {
  if (!page.isClosed()) await page.unrouteAll({ behavior: "ignoreErrors" });
  await context.unrouteAll({ behavior: "ignoreErrors" });
});

/** The design in the page that the relay serves. */
async function open(page: Page): Promise<void> {
  await page.goto(`${served.url}#/new?template=${DESIGN}`);
  await settled(page);
}

/** The same, up to its steps. */
async function byRelay(page: Page): Promise<void> {
  await openPlace(page);
  // Only then: the page does not wait for its relay as long as it would else.
  const way = part(page, "credentials").locator("summary", { hasText: "Conexión con AWS" });
  await expect(way).toContainText("Por trazo serve");
  await hurry(page);
  await paste(page, aws.pasted);
  await giveNetwork(page);
  await chooseSteps(page);
}

/**
 * Lets the page's direct way to AWS lead to the emulator, as a browser does it: what answers no preflight is not even asked. What is
 * given back opens and shuts the way to API Gateway v2.
 */
async function direct(page: Page): Promise<(opened: boolean) => void> {
  let open = false;
  await page.route(/\.amazonaws\.com\//, async (route) => {
    const asked = route.request();
    const { host, pathname, search } = new URL(asked.url());
    if (!open && host.startsWith("apigateway.") && pathname.startsWith("/v2/")) return route.abort("failed");
    const headers = { ...(await asked.allHeaders()), host };
    const { port } = new URL(aws.url);
    const answer = await new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>((done, fail) => {
      const out = ask({ port, path: pathname + search, method: asked.method(), headers }, (got) => {
        const parts: Buffer[] = [];
        got.on("data", (piece: Buffer) => parts.push(piece));
        got.on("end", () => done({ status: got.statusCode ?? 0, headers: got.headers as Record<string, string>, body: Buffer.concat(parts) }));
      });
      out.once("error", fail);
      out.end(asked.postDataBuffer() ?? undefined);
    });
    await route.fulfill(answer);
  });
  return (opened) => void (open = opened);
}

/** The design on the direct connection, up to its steps. */
async function byItself(page: Page): Promise<void> {
  await openTemplate(page, DESIGN);
  await hurry(page);
  await openPlace(page);
  await paste(page, aws.pasted);
  await giveNetwork(page);
  await chooseSteps(page);
}

/** Takes over what the account tells of. */
async function takeOver(page: Page): Promise<void> {
  const offered = page.getByTestId("begun").getByRole("button");
  await expect(offered).toHaveText(/^Seguir con él \(\d+ recursos?\)$/);
  await offered.click();
  await stands(page, "paused");
}

test("a design with an HTTP API is made by the relay as it was drawn, and taken away", async ({ page }) => {
  await open(page);
  const drawn = await template(page);
  await byRelay(page);
  await expect(page.locator("[data-barred]")).toHaveCount(0);
  await button(page, "Hacerlos todos").click();
  await stands(page, "complete");
  await isAsDrawn(page, aws, drawn);
  await takeBack(page);
  await stands(page, "removed");
  expect(await aws.left()).toEqual([]);
  // The page asked nobody but its relay, and the relay tells of a request its method, host and status alone.
  const log = await aws.log();
  expect(log.filter((asked) => asked.preflight !== undefined)).toEqual([]);
  expect(log.some((asked) => asked.operation === "CreateApi" && asked.service === "apigatewayv2")).toBe(true);
  expect(served.told.length).toBeGreaterThan(50);
  expect(served.told.filter((line) => !/^[A-Z]+ [a-z0-9.-]+ \d+$/.test(line))).toEqual([]);
});

test("the direct connection says beforehand where it will stop, asks nothing there, and takes all away", async ({ page }) => {
  await direct(page);
  await byItself(page);
  const told = page.getByTestId("barred");
  await expect(told).toContainText("API Gateway v2");
  await expect(told.locator(".deploy-remedy pre")).toHaveText("trazo serve");
  const barred = rows(page).and(page.locator(":has([data-barred])"));
  const operations = await barred.locator("code").allTextContents();
  expect(operations).toContain("apigatewayv2 CreateApi");
  expect(operations.filter((operation) => !operation.startsWith("apigatewayv2 "))).toEqual([]);
  await unfold(page, "plan");
  await expect(part(page, "plan").locator("[data-notice=PLN013]")).toContainText(`${operations.length} de los ${await rows(page).count()} pasos`);
  // CloudFormation asks from within AWS, so that nothing stands in its way.
  await told.getByRole("button", { name: "Crear con CloudFormation" }).click();
  await expect(page.getByRole("button", { name: "Preparar la creación" })).toBeVisible();
  await expect(part(page, "plan").locator("[data-notice=PLN013]")).toHaveCount(0);

  await chooseSteps(page);
  await button(page, "Hacerlos todos").click();
  await stands(page, "stopped");
  await expect(rows(page).and(page.locator("[data-state=failed]"))).toContainText("apigatewayv2");
  await expect(page.locator(".deploy-remedy").first()).toContainText("trazo serve");
  expect((await kept(page)).records.filter((record) => record.what === "unsure")).toEqual([]);
  await takeBack(page);
  await stands(page, "removed");
  expect(await aws.left()).toEqual([]);
});

test("what one page began goes on in the page of the relay", async ({ page, context }) => {
  await aws.settings({ answers_v2: true });
  await openTemplate(page, DESIGN);
  await hurry(page);
  const drawn = await template(page);
  await prepare(page, aws);
  await aws.faults([{ do: "refuse", why: "denied", operation: "CreateService" }]);
  await button(page, "Hacerlos todos").click();
  await stands(page, "stopped");
  const made = (await aws.left()).length;
  expect(made).toBeGreaterThan(5);

  await aws.reset();
  const other = await context.newPage();
  await open(other);
  await byRelay(other);
  await takeOver(other);
  await expect(rows(other).and(other.locator("[data-state=done]")).nth(5)).toBeVisible();
  expect((await aws.left()).length).toBe(made);
  await button(other, "Hacer los que quedan").click();
  await stands(other, "complete");
  await isAsDrawn(other, aws, drawn);
  await takeBack(other);
  await stands(other, "removed");
  expect(await aws.left()).toEqual([]);
  await other.close();
});

test("taking back without the relay takes all that it can, says what is left and why, and the relay takes the rest", async ({ page, context }) => {
  const opened = await direct(page);
  await byItself(page);
  opened(true);
  await button(page, "Hacerlos todos").click();
  await stands(page, "complete");
  const made = (await aws.left()).length;
  opened(false);
  await takeBack(page);
  await stands(page, "half_removed");
  await expect(page.locator(".deploy-remedy").first()).toContainText("trazo serve");
  await expect(rows(page).and(page.locator("[data-state=undo_failed]")).first()).toContainText("apigatewayv2");
  await expect(rows(page).filter({ hasText: "todavía lo necesita" }).first()).toBeVisible();
  const left = await aws.left();
  expect(left.length).toBeLessThan(made);
  expect(left.filter((line) => line.startsWith("AWS::ECS::"))).toEqual([]);

  const other = await context.newPage();
  await open(other);
  await byRelay(other);
  await takeOver(other);
  await takeBack(other);
  await stands(other, "removed");
  await expect(phase(other)).toContainText("Ya no queda nada");
  expect(await aws.left()).toEqual([]);
  await other.close();
});
