// What goes wrong on the way: nothing is lost, nothing is made twice, and nothing is left.

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import {
  button,
  chooseSteps,
  giveNetwork,
  goTo,
  hurry,
  kept,
  openPlace,
  paste,
  phase,
  prepare,
  rows,
  stands,
  takeBack,
  template,
} from "../support/steps";
import { openTemplate } from "../support/editor";
import { type Emulator, emulator, type Fault } from "../support/emulators";
import { open } from "../support/page";

/** Small, and whole: groups, load balancer, cluster, roles, service, scaling. */
const DESIGN = "web-publica";

test.describe.configure({ timeout: 300_000 });

let aws: Emulator;
/** What the design asks for, as a template. */
let drawn: string;
/** What lies in the account where nothing goes wrong, by type. */
let plain: string[];
/** How many calls that change something the way there takes. */
let calls = 0;

test.beforeAll(async ({ browser }, info) => {
  info.setTimeout(300_000);
  aws = await emulator("moto");
  await aws.settings({ answers_v2: true });
  const page = await browser.newPage();
  await openTemplate(page, DESIGN);
  await hurry(page);
  drawn = await template(page);
  await prepare(page, aws);
  await all(page);
  await stands(page, "complete");
  plain = types(await aws.left());
  expect(plain.length).toBeGreaterThan(10);
  calls = await changes();
  expect(calls).toBeGreaterThanOrEqual(12);
  await page.close();
});

test.afterAll(async () => {
  await aws?.stop();
});

test.beforeEach(async () => {
  await aws.reset(true);
  await aws.settings({ answers_v2: true });
});

const EACH = { changes: true, each: true } as const;
const EVERY: [string, Fault[]][] = [
  // Each call that changes something is cut before it is done, cut after it is done, and only then goes through.
  ["the network is cut at every step, before and after the call is done", [{ do: "cut_before", ...EACH }, { do: "cut_after", ...EACH }]],
  ["AWS answers at every step with 500 after it has done what was asked", [{ do: "break_after", ...EACH }]],
  ["the answer comes cut short at every step", [{ do: "short", ...EACH }]],
  [
    "AWS asks for patience again and again",
    [
      { do: "refuse", why: "throttled", retry_after: 2, ...EACH },
      { do: "refuse", why: "unavailable", ...EACH },
      { do: "refuse", why: "throttled", skip: 10, times: 5 },
    ],
  ],
];

for (const [name, faults] of EVERY) {
  test(`makes all and takes it away where ${name}`, async ({ page }) => {
    await begun(page);
    await all(page, faults);
    await stands(page, "complete");
    await isWhole(page);
    const before = (await aws.log()).length;
    await aws.faults(faults);
    await isGone(page);
    // The way back has met them too.
    expect((await aws.log()).slice(before).filter((asked) => asked.fault).length).toBeGreaterThan(8);
  });
}

for (const [name, seconds] of [["ahead", -1200], ["behind", 1200]] as const) {
  test(`goes on where the clock of the machine is twenty minutes ${name}`, async ({ page }) => {
    await aws.settings({ clock: seconds });
    await begun(page);
    await all(page);
    await stands(page, "complete");
    await isWhole(page);
    await isGone(page);
    // One answer tells the time; what is asked from then on is signed with it.
    const refused = (await aws.log()).filter((asked) => asked.why?.startsWith("skewed"));
    expect(refused).toHaveLength(1);
  });
}

test("stops without network, and goes on where it was", async ({ page, context }) => {
  await begun(page);
  // Slow enough that most is still to do when the network goes.
  await aws.faults([{ do: "slow", seconds: 1, changes: true, times: 0 }]);
  await all(page);
  await expect(done(page).nth(2)).toBeVisible();
  await context.setOffline(true);
  await stands(page, "stopped");
  await expect(page.locator(".deploy")).toContainText("No hay red");
  await context.setOffline(false);
  await aws.faults([]);
  await button(page, "Reintentar y seguir").click();
  await stands(page, "complete");
  await isWhole(page);
  await isGone(page);
});

test("asks for new credentials where the token ends midway, and goes on", async ({ page }) => {
  await begun(page);
  await all(page, [{ do: "refuse", why: "expired", skip: 1 }]);
  for (const next of [5, 11, null]) {
    await stands(page, "stopped");
    await expect(page.locator(".deploy")).toContainText("Las credenciales caducaron");
    await expect(page.getByTestId("deploy-known")).toHaveCount(0);
    await button(page, "Pegar credenciales").click();
    await paste(page, aws.pasted);
    await button(page, "Volver al despliegue").click();
    await aws.faults(next === null ? [] : [{ do: "refuse", why: "expired", skip: next }]);
    await button(page, "Reintentar y seguir").click();
  }
  await stands(page, "complete");
  await isWhole(page);
  await isGone(page);
});

const REFUSED = {
  denied: ["CreateTargetGroup", "elasticloadbalancing:CreateTargetGroup", "is not authorized to perform"],
  quota: ["CreateLoadBalancer", "Service Quotas", "The quota of this resource has been reached"],
} as const;

for (const why of ["denied", "quota"] as const) {
  const [operation, advice, words] = REFUSED[why];
  test(`tells at the step, on the canvas and among the problems what AWS refuses, and goes on: ${why}`, async ({ page }) => {
    await begun(page);
    await all(page, [{ do: "refuse", why, operation }]);
    await stands(page, "stopped");
    const failed = rows(page).and(page.locator("[data-state=failed]"));
    await expect(failed).toHaveCount(1);
    await expect(failed).toContainText(operation);
    await expect(failed).toContainText(advice);
    await expect(failed).toContainText(words);
    const marked = page.locator("[data-deploy=failed]");
    await expect(marked).toHaveCount(1);
    await page.getByRole("tab", { name: /^Problemas/ }).click();
    const refused = page.locator("[data-refused]");
    await expect(refused).toHaveCount(1);
    await expect(refused).toContainText(words);
    await refused.getByRole("button").click();
    await expect(marked).toHaveAttribute("data-selected", "");
    await page.getByRole("tab", { name: "Despliegue" }).click();
    await button(page, "Reintentar y seguir").click();
    await stands(page, "complete");
    await isWhole(page);
    await page.getByRole("tab", { name: /^Problemas/ }).click();
    await expect(refused).toHaveCount(0);
    await page.getByRole("tab", { name: "Despliegue" }).click();
    await isGone(page);
  });
}

/** No answer comes any more: the tab is closed instead. */
const SILENT = { seconds: 30, ...EACH } as const;
const CLOSED: [string, Fault][] = [
  ["before AWS has heard of it", { do: "cut_before", ...SILENT }],
  ["after AWS has done it", { do: "cut_after", ...SILENT }],
];

for (const [when, fault] of CLOSED) {
  test(`goes on in a new tab though the tab is closed at every step ${when}`, async ({ page, context }) => {
    test.setTimeout(480_000);
    await begun(page);
    const made = await closing(page, context, [fault], "complete", (at) => all(at));
    expect(made.closed).toBe(calls);
    expect((await kept(made.page)).records.filter((record) => record.what === "began")).toHaveLength(1);
    await isWhole(made.page);
    await aws.faults([]);
    await isGone(made.page);
  });
}

const MIDWAY = ["DeleteScalingPolicy", "DeleteService", "DeleteTaskDefinitions", "DeleteLoadBalancer", "DeleteRole"];

test("takes all away though the tab is closed again and again on the way back", async ({ page, context }) => {
  test.setTimeout(480_000);
  await begun(page);
  await all(page);
  await stands(page, "complete");
  let begins = true;
  const faults = MIDWAY.map((operation): Fault => ({ do: "cut_after", ...SILENT, operation }));
  const gone = await closing(page, context, faults, "removed", async (at) => {
    if (begins) await takeBack(at);
    else await button(at, "Quitar lo que queda").click();
    begins = false;
  });
  expect(gone.closed).toBe(MIDWAY.length);
  await expect(phase(gone.page)).toContainText("Ya no queda nada");
  expect(await aws.left()).toEqual([]);
});

test("is made by one of two tabs, and the other is told and can go on with it", async ({ page, context }) => {
  await begun(page);
  // This one waits as a person would, so that it does not take the first for gone.
  const other = await again(context, page.url(), false);
  await giveNetwork(other);
  // Slow enough that the other finds it at work.
  await all(page, [{ do: "slow", seconds: 1, changes: true, times: 0 }]);
  await expect(done(page).nth(1)).toBeVisible();
  await button(other, "Hacerlos todos").click();
  await stands(other, "elsewhere");
  await expect(other.locator(".deploy")).toContainText("Otra pestaña trabaja en este despliegue");
  await expect(other.locator(".deploy").getByRole("button", { name: /^Hacer|^Reintentar|^Quitar/ })).toHaveCount(0);
  await aws.faults([]);
  await stands(page, "complete");
  await stands(other, "complete");
  await hurry(other);
  await isWhole(other);
  await isGone(other);
});

/** A design that is about to be deployed. */
async function begun(page: Page): Promise<void> {
  await openTemplate(page, DESIGN);
  await hurry(page);
  await prepare(page, aws);
}

/** Begins, or goes on, and makes all that is left; from now on with these faults. */
async function all(page: Page, faults?: Fault[]): Promise<void> {
  if (faults) await aws.faults(faults);
  await button(page, /^(Hacerlos todos|Hacer los que quedan|Reintentar y seguir)$/).click();
}

/** The rows of steps that are made. */
const done = (page: Page) => rows(page).and(page.locator("[data-state=done]"));

/** All is there, as drawn and not twice. */
async function isWhole(page: Page): Promise<void> {
  await expect(rows(page).and(page.locator(":not([data-state=done])"))).toHaveCount(0);
  const { token, parameters } = await kept(page);
  const [differences, there] = await Promise.all([aws.differences(drawn, token, parameters), aws.left()]);
  expect(differences).toEqual([]);
  expect(types(there)).toEqual(plain);
}

/** All is taken away, down to nothing. */
async function isGone(page: Page): Promise<void> {
  await takeBack(page);
  // That something is left is told at once, too.
  await expect(phase(page)).toHaveAttribute("data-phase", /^(half_)?removed$/, { timeout: 60_000 });
  await expect(phase(page)).toContainText("Ya no queda nada");
  expect(await aws.left()).toEqual([]);
}

/** Does something, in new tabs again and again: each is closed as soon as it waits for an answer that does not come. */
async function closing(page: Page, context: BrowserContext, faults: Fault[], end: string, act: (page: Page) => Promise<void>) {
  const address = page.url();
  const met = async () => (await aws.log()).filter((asked) => asked.fault).length;
  const before = await met();
  await aws.faults(faults);
  for (let closed = 0; ; closed++) {
    await act(page);
    let over = false;
    await expect(async () => {
      over = (await phase(page).getAttribute("data-phase")) === end;
      expect(over || (await met()) > before + closed).toBe(true);
    }).toPass({ intervals: [25], timeout: 60_000 });
    if (over) return { page, closed };
    await page.close();
    page = await again(context, address);
  }
}

/** The types of what lies in the account, one for each thing. */
const types = (lines: string[]): string[] => lines.map((line) => line.split(" ")[0] ?? "").sort();

/** How many calls that change something AWS has had. */
async function changes(): Promise<number> {
  const reads = /^(Get|List|Describe|Head|Lookup)/;
  return (await aws.log()).filter((asked) => asked.operation && !reads.test(asked.operation)).length;
}

/** Opens a design in a new tab, with its deployment. */
async function again(context: BrowserContext, address: string, hurried = true): Promise<Page> {
  const page = await context.newPage();
  await open(page, address);
  if (hurried) await hurry(page);
  await openPlace(page);
  await goTo(page, aws.url);
  await paste(page, aws.pasted);
  await chooseSteps(page);
  return page;
}
