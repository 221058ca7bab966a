// The editor under a person's hands: real moves of the mouse, and what is then on the canvas.

import { expect, type Locator, type Page } from "@playwright/test";
import { open } from "./page";

export interface Place {
  x: number;
  y: number;
}

/** Opens a new, empty design. */
export async function openNew(page: Page): Promise<void> {
  await open(page, "./#/new");
  await settled(page);
}

/** Opens a template as a design. */
export async function openTemplate(page: Page, key: string): Promise<void> {
  await open(page, `./#/new?template=${key}`);
  await settled(page);
  await expect(page.locator("[data-node]").first()).toBeVisible();
}

/** Waits until the design that is open is one of one's own. */
export async function settled(page: Page): Promise<void> {
  await expect(page).toHaveURL(/#\/d\/\w+$/);
  await expect(stage(page)).toBeVisible();
}

/** Where things are drawn and keys are heard. */
export const stage = (page: Page): Locator => page.locator(".stage");
export const nodes = (page: Page, kind?: string): Locator =>
  page.locator(kind ? `[data-node][data-kind=${kind}]` : "[data-node]");
export const node = (page: Page, id: string): Locator => page.locator(`[data-node="${id}"]`);
export const links = (page: Page): Locator => page.locator("[data-link]");
export const selected = (page: Page): Locator => page.locator("[data-node][data-selected]");
export const inspector = (page: Page): Locator => page.locator("[data-panel=inspector]");

/** In the page: how many frames what is drawn has to stay as it is. The canvas takes two to follow a change of its size. */
const STILL = 3;

/** Where an element is in the window, once it is at rest there. */
export async function box(of: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await expect(of).toBeVisible();
  return of.evaluate(async (element, STILL) => {
    const now = () => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    };
    let last = now();
    for (let still = 0; still < STILL; ) {
      await new Promise((frame) => requestAnimationFrame(frame));
      const next = now();
      const isSame = next.x === last.x && next.y === last.y && next.width === last.width && next.height === last.height;
      still = isSame ? still + 1 : 0;
      last = next;
    }
    return last;
  }, STILL);
}

/** Where all of these are at this moment. */
export const boxes = (of: Locator): Promise<{ x: number; y: number; width: number; height: number }[]> =>
  of.evaluateAll((all) =>
    all.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );

/** Until what was last done is drawn: the canvas, and lists of many lines, follow with the next frame. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

export async function middle(of: Locator): Promise<Place> {
  const { x, y, width, height } = await box(of);
  return { x: x + width / 2, y: y + height / 2 };
}

/** A place on the canvas in pixels of the page: parts of its width and height. */
export async function onStage(page: Page, across: number, down: number): Promise<Place> {
  const { x, y, width, height } = await box(stage(page));
  return { x: Math.round(x + width * across), y: Math.round(y + height * down) };
}

/** Presses at one place, moves to another by way of some others, and lets go there. */
export async function drag(page: Page, from: Place, to: Place, button: "left" | "middle" = "left"): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button });
  await page.mouse.move(from.x + (to.x - from.x) / 3, from.y + (to.y - from.y) / 3, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up({ button });
}

/** Drags a piece of the palette to a place on the canvas, and gives the id of the new node. */
export async function place(page: Page, kind: string, to: Place): Promise<string> {
  const piece = page.locator(`[data-palette=${kind}]`);
  await piece.scrollIntoViewIfNeeded();
  const before = await nodes(page, kind).count();
  await drag(page, await middle(piece), to);
  await expect(nodes(page, kind)).toHaveCount(before + 1);
  return idOf(selected(page));
}

/** The id of the node that is shown by an element. */
export async function idOf(of: Locator): Promise<string> {
  await expect(of).toHaveCount(1);
  return (await of.getAttribute("data-node")) ?? "";
}

/** Draws a link from the port of one card to another card. */
export async function draw(page: Page, from: string, to: string): Promise<void> {
  const before = await links(page).count();
  await dragPort(page, from, await middle(node(page, to)));
  await expect(links(page)).toHaveCount(before + 1);
}

/** Drags from the outgoing port of a card, which shows itself under the pointer. */
export async function dragPort(page: Page, from: string, to: Place): Promise<void> {
  const card = await middle(node(page, from));
  await page.mouse.move(card.x, card.y);
  const port = node(page, from).locator("[data-port=out]");
  await expect(port).toBeVisible();
  await drag(page, await middle(port), to);
}

/** Selects one node by a click on its upper edge, which in a group is its name. */
export async function pick(page: Page, id: string): Promise<void> {
  const { x, y } = await box(node(page, id));
  await page.mouse.click(x + 24, y + 16);
  await expect(node(page, id)).toHaveAttribute("data-selected", "");
}

/** Everything on the canvas, small or large, comes into view. */
export async function fit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Ver todo", exact: true }).click();
}

/** Opens a manifest as a file, and waits until all of it is there. */
export async function openManifest(page: Page, manifest: { name: string; nodes: unknown[] }): Promise<void> {
  await open(page);
  const buffer = Buffer.from(JSON.stringify({ trazo: 1, region: "us-east-1", links: [], notes: [], ...manifest }));
  const file = { name: `${manifest.name}.trazo.json`, mimeType: "application/json", buffer };
  await page.locator("input[type=file]").setInputFiles(file);
  await settled(page);
  await expect(nodes(page)).toHaveCount(manifest.nodes.length);
}

/** A small design that is seen whole at 100 %: a cluster with two services, and cards around it. */
export const SMALL = {
  name: "Pequeño",
  nodes: [
    { id: "users1", kind: "users", name: "clientes", x: 40, y: 40 },
    { id: "api1", kind: "http_api", name: "api", x: 40, y: 176 },
    { id: "task1", kind: "task_definition", name: "tarea", x: 40, y: 440, props: { containers: [{ name: "app", image: "" }] } },
    { id: "role1", kind: "role", name: "rol", x: 320, y: 440 },
    { id: "cluster1", kind: "cluster", name: "tienda", x: 304, y: 40, w: 440, h: 320 },
    { id: "service1", kind: "service", name: "catalogo", x: 344, y: 120, in: "cluster1" },
    { id: "service2", kind: "service", name: "pedidos", x: 344, y: 232, in: "cluster1" },
  ],
};
