// What goes wrong on CloudFormation's way: there is never a second stack, nothing is lost, and nothing is left.

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { button, connect, ends, engine, mark, openPlace, openToDeploy, operation, prepare, remove, slowly, unfold, withoutScaling } from "../support/deploy";
import { type Emulator, emulator, type Fault } from "../support/emulators";
import { open } from "../support/page";
import { hurry } from "../support/steps";

test.use({ serviceWorkers: "block" });
// One account for all of them, one after the other; and the machine may be busy.
test.describe.configure({ mode: "default", timeout: 300_000 });

let aws: Emulator;
test.beforeAll(async () => {
  aws = await emulator("ministack");
});
test.afterAll(async () => aws?.stop());
test.beforeEach(async () => aws.reset(true));
// What is still on its way when a test ends is no failure of it.
test.afterEach(async ({ page, context }) => {
  if (!page.isClosed()) await page.unrouteAll({ behavior: "ignoreErrors" });
  await context.unrouteAll({ behavior: "ignoreErrors" });
});

/** The calls that changed something, in order. */
async function changed(): Promise<string[]> {
  const reads = /^(Describe|Get|List|Validate)/;
  return (await aws.log()).flatMap(({ operation }) => (operation && !reads.test(operation) ? [operation] : []));
}

/** Opens a design in a new tab, where the engine finds what there is. */
async function again(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await open(page, address);
  await openPlace(page);
  await connect(page, aws);
  await unfold(page, "create");
  return page;
}

/** That nothing is left, in the page's words and in the account. */
async function isGone(page: Page): Promise<void> {
  await ends(page, "DELETE_COMPLETE");
  await expect(page.getByTestId("leftovers")).toHaveAttribute("data-clean", "true");
  expect(await aws.left()).toEqual([]);
}

test("a new tab finds what goes on, where the tab was closed while AWS made it or took it away", async ({ page, context }) => {
  const events = await slowly(context);
  await openToDeploy(page, withoutScaling("web-publica"));
  const address = page.url();
  await connect(page, aws);
  await prepare(page, "Preparar la creación");
  await button(page, "Crear ahora").click();
  await expect(operation(page)).toHaveAttribute("data-status", "CREATE_IN_PROGRESS");
  events.more(6);
  await expect(operation(page).locator("[data-state=Done]").first()).toBeVisible();
  await page.close();

  const second = await again(context, address);
  await expect(operation(second)).toHaveAttribute("data-status", "CREATE_IN_PROGRESS");
  const come = operation(second).locator("[data-state=Done]");
  await expect(come.first()).toBeVisible();
  const before = await come.count();
  // What it is told from now on it goes on with.
  events.more(8);
  await expect.poll(() => come.count()).toBeGreaterThan(before);
  await expect(second.locator("[data-node][data-deploy=done]").first()).toBeVisible();
  await expect(button(second, "Preparar los cambios")).toBeHidden();
  events.all();
  await ends(second, "CREATE_COMPLETE");
  for (const id of ["alb1", "cluster1", "service1"]) await expect(mark(second, id)).toHaveAttribute("data-deploy", "done");
  expect(await changed()).toEqual(["CreateChangeSet", "ExecuteChangeSet"]);

  events.hold(4);
  await remove(second);
  await expect(operation(second)).toHaveAttribute("data-status", "DELETE_IN_PROGRESS");
  await second.close();
  const third = await again(context, address);
  await expect(operation(third)).toHaveAttribute("data-status", "DELETE_IN_PROGRESS");
  events.all();
  await isGone(third);
  expect(await changed()).toEqual(["CreateChangeSet", "ExecuteChangeSet", "DeleteStack"]);
});

const EACH = { changes: true, each: true } as const;

test("a tab may be closed at each call that changes something, before and after AWS has done it", async ({ page, context }) => {
  await openToDeploy(page, withoutScaling("web-publica"));
  const address = page.url();
  await connect(page, aws);
  await unfold(page, "create");
  const silent: Fault[] = [{ do: "cut_before", seconds: 30, ...EACH }, { do: "cut_after", seconds: 30, ...EACH }];
  await aws.faults(silent);
  let at = page;
  const met = async () => (await aws.log()).filter((asked) => asked.fault).length;
  /** Does it, and closes the tab instead of waiting for an answer that does not come. */
  const closed = async (times: number, act: () => Promise<void>) => {
    await act();
    await expect.poll(met).toBe(times);
    await at.close();
    at = await again(context, address);
  };
  const make = () => button(at, "Preparar la creación").click();
  const execute = async () => {
    await prepare(at, "Preparar la creación");
    await button(at, "Crear ahora").click();
  };
  await closed(1, make);
  await closed(2, make);
  await closed(3, execute);
  await closed(4, execute);
  // AWS has gone on with it alone.
  await aws.faults([]);
  await expect(button(at, "Preparar los cambios")).toBeVisible();
  await button(at, "Preparar los cambios").click();
  await expect(engine(at)).toContainText("No hay nada que cambiar");
  const clusters = (await aws.left()).filter((line) => line.includes("AWS::ECS::Cluster"));
  expect(clusters).toHaveLength(1);
  await aws.faults(silent);
  await closed(5, () => remove(at));
  await closed(6, () => remove(at));
  await expect(button(at, "Preparar la creación")).toBeVisible();
  expect(await aws.left()).toEqual([]);
});

test("the network may be cut at each call that changes something, before and after AWS has done it", async ({ page }) => {
  await openToDeploy(page, withoutScaling("web-publica"));
  await hurry(page);
  await connect(page, aws);
  await unfold(page, "create");
  await aws.faults([{ do: "cut_before", ...EACH }, { do: "cut_after", ...EACH }]);
  const problem = engine(page).getByRole("alert");
  /** Does it twice, and is told each time that nobody answered. */
  const cut = async (act: () => Promise<void>) => {
    for (let times = 0; times < 2; times++) {
      await act();
      await expect(problem).toContainText("no responde");
      await expect(engine(page).getByRole("status")).toHaveCount(0);
    }
  };
  await cut(() => button(page, "Preparar la creación").click());
  await prepare(page, "Preparar la creación");
  await cut(() => button(page, "Crear ahora").click());
  await button(page, "Crear ahora").click();
  await ends(page, "CREATE_COMPLETE");
  await expect(problem).toHaveCount(0);
  expect((await aws.left()).filter((line) => line.includes("AWS::ECS::Cluster"))).toHaveLength(1);
  await cut(() => remove(page));
  await remove(page);
  await isGone(page);
});

const DENIED: [string, (page: Page) => Promise<void>][] = [
  ["CreateChangeSet", (page) => button(page, "Preparar la creación").click()],
  ["ExecuteChangeSet", (page) => button(page, "Crear ahora").click()],
];

test("what the credentials may not do is told with the permission that is missing, and goes on once they may", async ({ page }) => {
  await openToDeploy(page, withoutScaling("web-publica"));
  await connect(page, aws);
  await unfold(page, "create");
  await aws.faults(DENIED.map(([operation]): Fault => ({ do: "refuse", why: "denied", operation })));
  for (const [operation, act] of DENIED) {
    await act(page);
    const problem = engine(page).getByRole("alert");
    await expect(problem).toContainText(`is not authorized to perform: cloudformation:${operation}`);
    await expect(problem).toContainText("Tus credenciales no tienen permiso para eso");
    await act(page);
    await expect(problem).toHaveCount(0);
    if (operation === "CreateChangeSet") await expect(engine(page).locator(".deploy-changes")).toBeVisible();
  }
  await ends(page, "CREATE_COMPLETE");
});
