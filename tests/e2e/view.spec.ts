// What part of the canvas is seen: moving and scaling it by every means, and what is drawn at which scale.

import { expect, type Page, test } from "@playwright/test";
import { box, boxes, drag, middle, node, nodes, onStage, openTemplate, type Place, stage } from "../support/editor";
import { manifest } from "../support/files";
import { twoFingers } from "../support/touch";

const scale = (page: Page) => page.locator(".zoom-value");

/** A card to measure by: where it is on the screen. */
const CARD = "users1";
const corner = async (page: Page): Promise<Place> => {
  const { x, y } = await box(node(page, CARD));
  return { x: Math.round(x), y: Math.round(y) };
};

/** An empty place near the middle of the canvas. */
const empty = (page: Page) => onStage(page, 0.5, 0.8);

async function movedBy(page: Page, from: Place, dx: number, dy: number): Promise<void> {
  await expect(async () => {
    const now = await corner(page);
    expect(Math.abs(now.x - from.x - dx), `x by ${now.x - from.x}`).toBeLessThanOrEqual(2);
    expect(Math.abs(now.y - from.y - dy), `y by ${now.y - from.y}`).toBeLessThanOrEqual(2);
  }).toPass();
}

test.beforeEach(async ({ page }) => {
  await openTemplate(page, "tienda-virtual");
  await page.getByRole("button", { name: "Ver todo", exact: true }).click();
});

test("Space and the left button, the middle button, and the hand move the view", async ({ page }) => {
  const at = await empty(page);
  let before = await corner(page);
  await stage(page).focus();
  await page.keyboard.down("Space");
  await drag(page, at, { x: at.x + 60, y: at.y - 40 });
  await page.keyboard.up("Space");
  await movedBy(page, before, 60, -40);

  before = await corner(page);
  await drag(page, at, { x: at.x - 90, y: at.y + 20 }, "middle");
  await movedBy(page, before, -90, 20);

  before = await corner(page);
  await page.keyboard.press("h");
  await drag(page, at, { x: at.x + 30, y: at.y + 30 });
  await movedBy(page, before, 30, 30);
  expect((await manifest(page)).nodes.find((one) => one.id === CARD)).toMatchObject({ id: CARD });
  await expect(page.locator("[data-selected]")).toHaveCount(0);
});

test("the wheel moves the view, with Shift sideways", async ({ page }) => {
  const at = await empty(page);
  await page.mouse.move(at.x, at.y);
  let before = await corner(page);
  await page.mouse.wheel(0, 60);
  await movedBy(page, before, 0, -60);
  before = await corner(page);
  await page.keyboard.down("Shift");
  await page.mouse.wheel(0, 50);
  await page.keyboard.up("Shift");
  await movedBy(page, before, -50, 0);
});

test("the wheel with Ctrl zooms about the pointer", async ({ page }) => {
  const at = await middle(node(page, CARD));
  await page.mouse.move(at.x, at.y);
  const before = await box(node(page, CARD));
  await page.keyboard.down("Control");
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await expect(async () => {
    const now = await box(node(page, CARD));
    expect(now.width).toBeGreaterThan(before.width * 1.5);
    const { x, y } = await middle(node(page, CARD));
    expect(Math.hypot(x - at.x, y - at.y)).toBeLessThan(3);
  }).toPass();
});

test("two fingers move and zoom", async ({ page }) => {
  const at = await empty(page);
  const left = { x: at.x - 60, y: at.y };
  const right = { x: at.x + 60, y: at.y };
  const before = await corner(page);
  const by = (place: Place, dx: number, dy: number) => ({ x: place.x + dx, y: place.y + dy });
  await twoFingers(page, [left, right], [by(left, 40, -70), by(right, 40, -70)]);
  await movedBy(page, before, 40, -70);

  const percent = async () => Number.parseInt((await scale(page).textContent()) ?? "", 10);
  const small = await percent();
  await twoFingers(page, [left, right], [by(left, -60, 0), by(right, 60, 0)]);
  await expect.poll(percent).toBeGreaterThan(small * 1.8);
  await expect.poll(percent).toBeLessThan(small * 2.2);
});

test("keys and buttons go to round scales, to everything and to the selection", async ({ page }) => {
  await stage(page).focus();
  await page.keyboard.press("ControlOrMeta+0");
  await expect(scale(page)).toHaveText("100 %");
  await page.keyboard.press("+");
  await expect(scale(page)).toHaveText("150 %");
  await page.keyboard.press("-");
  await page.keyboard.press("-");
  await expect(scale(page)).toHaveText("80 %");
  await page.getByRole("button", { name: "Acercar" }).click();
  await expect(scale(page)).toHaveText("100 %");

  await stage(page).focus();
  await page.keyboard.press("Shift+Digit1");
  const around = await box(stage(page));
  await expect(async () => {
    for (const { x, y, width, height } of await boxes(nodes(page))) {
      expect(x).toBeGreaterThanOrEqual(around.x);
      expect(y).toBeGreaterThanOrEqual(around.y);
      expect(x + width).toBeLessThanOrEqual(around.x + around.width);
      expect(y + height).toBeLessThanOrEqual(around.y + around.height);
    }
  }).toPass();

  await node(page, CARD).click();
  await page.keyboard.press("Shift+Digit2");
  await expect(scale(page)).toHaveText("200 %");
  await expect(async () => {
    const card = await middle(node(page, CARD));
    expect(Math.abs(card.x - (around.x + around.width / 2))).toBeLessThan(3);
  }).toPass();
});

test("cards far away are not in the page, and come back", async ({ page }) => {
  await stage(page).focus();
  await page.keyboard.press("ControlOrMeta+0");
  const at = await onStage(page, 0.5, 0.5);
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, 3000);
  await expect(nodes(page)).toHaveCount(0);
  await page.mouse.wheel(0, -3000);
  await expect(nodes(page)).not.toHaveCount(0);
});

test("where cards cannot be read, a picture of them is drawn", async ({ page }) => {
  const picture = page.locator("canvas.picture");
  await stage(page).focus();
  await page.keyboard.press("ControlOrMeta+0");
  await expect(picture).toBeHidden();
  for (let i = 0; i < 5; i++) await page.keyboard.press("-");
  await expect(scale(page)).toHaveText("25 %");
  await expect(nodes(page)).toHaveCount(0);
  await expect(picture).toBeVisible();
  const colours = () =>
    picture.evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const seen = new Set<number>();
      for (let i = 0; i < pixels.length; i += 4) seen.add((pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2]);
      return seen.size;
    });
  await expect.poll(colours).toBeGreaterThan(10);

  for (let i = 0; i < 3; i++) await page.keyboard.press("+");
  await expect(nodes(page)).not.toHaveCount(0);
  await expect(picture).toBeHidden();
});

test.describe("on a small laptop", () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test("all of a design is seen with names that can be read", async ({ page }) => {
    const names = await nodes(page).evaluateAll((all) =>
      all.flatMap((card) => {
        const name = card.querySelector<HTMLElement>(".card-text > .node-name");
        if (!name) return [];
        const [around, inside] = [card.getBoundingClientRect(), name.getBoundingClientRect()];
        const scale = around.width / (card as HTMLElement).offsetWidth;
        const fits = [inside.left - around.left, around.right - inside.right, inside.top - around.top, around.bottom - inside.bottom];
        return [{ name: name.textContent, pixels: Number.parseFloat(getComputedStyle(name).fontSize) * scale, fits: Math.min(...fits) }];
      }),
    );
    expect(names.map((one) => one.name)).toEqual(expect.arrayContaining(["tienda-api", "tienda-ejecucion", "pedidos"]));
    for (const one of names) {
      expect(one.pixels, one.name ?? "").toBeGreaterThan(8);
      expect(one.fits, one.name ?? "").toBeGreaterThanOrEqual(0);
    }
  });
});
