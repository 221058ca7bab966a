// The drawer beside the canvas: on a screen that is turned, on a narrow one, and in another language.

import { expect, test } from "@playwright/test";
import { openPlace, step, withoutScaling } from "../support/deploy";
import { box, boxes, drag, middle, nodes, openTemplate, selected } from "../support/editor";
import { openSheet, speak } from "../support/look";

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 820, height: 1180 };

test.beforeEach(async ({ page }) => {
  await page.route(/amazonaws\.com/, (route) => route.abort());
});

test("who turns the screen stays at the deployment, with what was half typed", async ({ page }) => {
  await page.setViewportSize(WIDE);
  await openTemplate(page, "web-publica");
  await openPlace(page);
  const field = page.getByLabel(/^Pega aquí tus credenciales/);
  await field.fill("aws_access_key_id=ASIAIOSFODNN7EXAMPLE");
  for (const size of [NARROW, WIDE, NARROW]) {
    await page.setViewportSize(size);
    await expect(page.locator(".shell.narrow")).toHaveCount(size === NARROW ? 1 : 0);
    await expect(field).toBeVisible();
    await expect(field).toHaveValue("aws_access_key_id=ASIAIOSFODNN7EXAMPLE");
  }
  // What was closed stays closed.
  await page.locator("[data-view=deploy]").click();
  await expect(field).toHaveCount(0);
});

test("on a narrow screen the deployment leaves the design in sight", async ({ page }) => {
  await page.setViewportSize(NARROW);
  await openTemplate(page, "web-publica");
  await openSheet(page, "deploy");
  await expect(step(page, "credentials")).toBeVisible();
  const drawn = withoutScaling("web-publica");
  const all = drawn.nodes.length + drawn.notes.length;
  expect(all).toBeGreaterThan(4);
  await expect(async () => {
    const { y: edge } = await box(page.locator("[data-panel=drawer]"));
    const above = (await boxes(nodes(page))).filter(({ y, height }) => y > 0 && y + height <= edge);
    expect(above).toHaveLength(all);
  }).toPass();
});

test("in another language all of the deployment is said anew", async ({ page }) => {
  await openTemplate(page, "web-publica");
  await openPlace(page);
  await step(page, "plan").locator(".deploy-step-head button").click();
  await step(page, "plan").locator("[data-section=resources] > summary").click();
  await expect(step(page, "plan").locator(".deploy-step-glance")).toContainText("USD al mes");
  const notices = step(page, "plan").locator("[data-notice]");
  await expect(notices).not.toHaveCount(0);
  const before = await notices.allInnerTexts();
  await speak(page, "English");
  await expect(step(page, "plan").locator("[data-section=requests] > summary")).toContainText("Requests");
  await expect(async () => {
    const after = await notices.allInnerTexts();
    expect(after).toHaveLength(before.length);
    for (const [at, words] of after.entries()) expect(words).not.toBe(before[at]);
  }).toPass({ timeout: 10_000 });
});

test("values are missed only where there is an account to choose them from", async ({ page }) => {
  await openTemplate(page, "web-publica");
  await openPlace(page);
  const glance = step(page, "plan").locator(".deploy-step-glance");
  await expect(glance).toContainText("USD al mes");
  await expect(page.locator("[data-panel=drawer]")).not.toContainText(/Faltan? \d/);
});

test("what is unfolded at the lower edge comes into sight", async ({ page }) => {
  await openTemplate(page, "web-publica");
  await openPlace(page);
  await expect(step(page, "plan").locator(".deploy-step-glance")).toContainText("USD al mes");
  await step(page, "plan").locator(".deploy-step-head button").click();
  await expect(step(page, "plan").locator("[data-notice]").first()).toBeInViewport({ ratio: 1 });
});

test("on a narrow screen a piece can be dragged from its sheet beside what is drawn", async ({ page }) => {
  await page.setViewportSize(NARROW);
  await openTemplate(page, "web-publica");
  await openSheet(page, "palette");
  const before = await nodes(page).count();
  const { y: edge } = await box(page.locator("#rail-side"));
  await expect(async () => {
    for (const { y } of await boxes(nodes(page))) expect(y).toBeLessThan(edge);
  }).toPass({ timeout: 10_000 });
  await drag(page, await middle(page.locator("[data-palette=role]")), { x: 410, y: 100 });
  await expect(nodes(page)).toHaveCount(before + 1);
  const { y, height } = await box(selected(page));
  expect(y + height).toBeLessThan(edge);
  await page.locator("[data-palette=role]").click();
  await expect(nodes(page)).toHaveCount(before + 2);
});
