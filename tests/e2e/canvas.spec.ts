// What a hand does on the canvas: selecting, moving, grouping, copying, linking, writing.

import { expect, type Page, test } from "@playwright/test";
import { box, drag, idOf, links, middle, node, nodes, onStage, openManifest, pick, SMALL, selected, stage } from "../support/editor";
import { content, type Manifest, manifest } from "../support/files";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test.beforeEach(async ({ page }) => {
  await openManifest(page, SMALL);
});

const found = (all: Manifest, id: string) => all.nodes.find((one) => one.id === id);
const undo = (page: Page) => page.getByRole("button", { name: "Deshacer" });

/** Moves the pointer by way of some places, with the button down. */
async function hold(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
}

test("a click, Shift and click, a frame and Ctrl+A select", async ({ page }) => {
  await pick(page, "users1");
  await expect(selected(page)).toHaveCount(1);
  const at = await middle(node(page, "api1"));
  await page.keyboard.down("Shift");
  await page.mouse.click(at.x, at.y);
  await expect(selected(page)).toHaveCount(2);
  await page.mouse.click(at.x, at.y);
  await expect(selected(page)).toHaveCount(1);
  await page.keyboard.up("Shift");

  const [task, role] = [await box(node(page, "task1")), await box(node(page, "role1"))];
  await hold(page, { x: task.x - 20, y: task.y - 20 }, { x: role.x + role.width + 20, y: role.y + role.height + 20 });
  await expect(page.locator(".overlay-marquee")).not.toHaveAttribute("width", "0");
  await page.mouse.up();
  await expect(selected(page)).toHaveCount(2);
  await expect(node(page, "task1")).toHaveAttribute("data-selected", "");
  await expect(node(page, "role1")).toHaveAttribute("data-selected", "");

  await page.keyboard.press("ControlOrMeta+A");
  await expect(selected(page)).toHaveCount(SMALL.nodes.length);
  await page.keyboard.press("Escape");
  await expect(selected(page)).toHaveCount(0);
});

test("a group takes along what lies in it, as one step", async ({ page }) => {
  const before = await manifest(page);
  const group = await box(node(page, "cluster1"));
  await drag(page, { x: group.x + 120, y: group.y + 16 }, { x: group.x + 136, y: group.y + 216 });
  const after = await manifest(page);
  const moved = (id: string) => {
    const [was, is] = [found(before, id), found(after, id)];
    return { x: (is?.x ?? 0) - (was?.x ?? 0), y: (is?.y ?? 0) - (was?.y ?? 0) };
  };
  expect(moved("cluster1").y).toBeGreaterThan(150);
  expect(moved("service1")).toEqual(moved("cluster1"));
  expect(moved("service2")).toEqual(moved("cluster1"));
  expect(moved("api1")).toEqual({ x: 0, y: 0 });
  for (const one of after.nodes) expect([one.x % 1, one.y % 1]).toEqual([0, 0]);

  await undo(page).click();
  expect((await manifest(page)).nodes).toEqual(before.nodes);
  await expect(undo(page)).toHaveAttribute("aria-disabled", "true");
});

test("a group is resized by its corner", async ({ page }) => {
  await pick(page, "cluster1");
  const { x, y, width, height } = await box(node(page, "cluster1"));
  await drag(page, { x: x + width, y: y + height }, { x: x + width + 32, y: y + height + 40 });
  await expect.poll(async () => (await box(node(page, "cluster1"))).height).toBeGreaterThan(height + 24);
  const now = found(await manifest(page), "cluster1");
  expect(now).toMatchObject({ x: 304, y: 40 });
  expect(now?.w).toBeGreaterThan(440);
});

test("what is dragged out of a group leaves it, and falls into the one that lights up", async ({ page }) => {
  const away = await onStage(page, 0.45, 0.85);
  await drag(page, await middle(node(page, "service1")), away);
  expect(found(await manifest(page), "service1")?.in).toBeUndefined();

  const group = await box(node(page, "cluster1"));
  await hold(page, await middle(node(page, "service1")), { x: group.x + 300, y: group.y + 160 });
  await expect(node(page, "cluster1")).toHaveAttribute("data-drop", "");
  await page.mouse.up();
  await expect(page.locator("[data-drop]")).toHaveCount(0);
  expect(found(await manifest(page), "service1")?.in).toBe("cluster1");

  // A role cannot lie in a cluster: it only lies over it.
  await drag(page, await middle(node(page, "role1")), { x: group.x + 320, y: group.y + 80 });
  expect(found(await manifest(page), "role1")?.in).toBeUndefined();
});

test("Escape takes back a drag", async ({ page }) => {
  const before = await content(page);
  await hold(page, await middle(node(page, "api1")), await onStage(page, 0.3, 0.9));
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await content(page)).toBe(before);
  await expect(undo(page)).toHaveAttribute("aria-disabled", "true");
});

test("duplicate, copy, cut and paste, by the clipboard of the system", async ({ page }) => {
  await pick(page, "cluster1");
  await page.keyboard.press("ControlOrMeta+D");
  await expect(nodes(page, "cluster")).toHaveCount(2);
  await expect(nodes(page, "service")).toHaveCount(4);
  await undo(page).click();
  await expect(nodes(page, "service")).toHaveCount(2);

  await pick(page, "service1");
  await page.keyboard.press("ControlOrMeta+C");
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as Manifest;
  expect(copied).toMatchObject({ trazo: 1, nodes: [{ kind: "service", name: "catalogo" }] });
  await page.keyboard.press("ControlOrMeta+V");
  await expect(nodes(page, "service")).toHaveCount(3);
  await expect(selected(page)).toHaveCount(1);

  await page.keyboard.press("ControlOrMeta+X");
  await expect(nodes(page, "service")).toHaveCount(2);
  await page.keyboard.press("ControlOrMeta+V");
  await expect(nodes(page, "service")).toHaveCount(3);

  await page.evaluate(() => navigator.clipboard.writeText("no es de Trazo"));
  await page.keyboard.press("ControlOrMeta+V");
  await expect(page.getByText("El portapapeles no contiene elementos de Trazo.").filter({ visible: true }).first()).toBeVisible();
  await expect(nodes(page, "service")).toHaveCount(3);
});

test("arrows move by a step, Delete deletes, and both can be undone", async ({ page }) => {
  await pick(page, "api1");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  expect(found(await manifest(page), "api1")).toMatchObject({ x: 48, y: 256 });
  await page.keyboard.press("Delete");
  await expect(node(page, "api1")).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(node(page, "api1")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Z");
  expect(found(await manifest(page), "api1")).toMatchObject({ x: 40, y: 176 });
});

test("while a link is drawn, what it may lead to is lit, and a refusal says why", async ({ page }) => {
  const card = await middle(node(page, "users1"));
  await page.mouse.move(card.x, card.y);
  const out = node(page, "users1").locator("[data-port=out]");
  const port = await middle(out);
  await hold(page, port, await middle(node(page, "role1")));
  await expect(page.locator("[data-lit]")).toHaveCount(1);
  await expect(node(page, "api1")).toHaveAttribute("data-lit", "");
  const reason = "No se puede enlazar «Usuarios» con «Rol».";
  await expect(page.locator(".refusal")).toHaveText(reason);
  await page.mouse.up();
  await expect(links(page)).toHaveCount(0);
  await expect(page.getByText(reason).filter({ visible: true }).first()).toBeVisible();

  await page.mouse.move(card.x, card.y);
  await expect(out).toBeVisible();
  await hold(page, port, await middle(node(page, "api1")));
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(links(page)).toHaveCount(0);

  await page.mouse.move(card.x, card.y);
  await expect(out).toBeVisible();
  await drag(page, port, await middle(node(page, "api1")));
  await expect(links(page)).toHaveCount(1);
  await expect(page.locator("[data-link][data-selected]")).toHaveCount(1);
  await page.keyboard.press("Delete");
  await expect(links(page)).toHaveCount(0);
});

test("notes and names are written where they stand", async ({ page }) => {
  await stage(page).focus();
  await page.keyboard.press("n");
  const at = await onStage(page, 0.75, 0.75);
  await page.mouse.move(at.x, at.y);
  await page.mouse.click(at.x, at.y);
  await expect(page.locator("textarea.inplace")).toBeFocused();
  await page.keyboard.type("Primera línea");
  await page.keyboard.press("Enter");
  await page.keyboard.type("y otra");
  await page.keyboard.press("Escape");
  const note = await idOf(nodes(page, "note"));
  expect((await manifest(page)).notes).toMatchObject([{ id: note, props: { text: "Primera línea\ny otra" } }]);

  await node(page, note).dblclick();
  await expect(page.locator("textarea.inplace")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Cambiada");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(node(page, note)).toHaveText("Cambiada");

  await pick(page, "api1");
  await page.keyboard.press("F2");
  await expect(page.locator("input.inplace")).toBeFocused();
  await page.keyboard.type("entrada");
  await page.keyboard.press("Enter");
  await expect(node(page, "api1")).toContainText("entrada");
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(node(page, "api1").locator(".node-name")).toHaveText("api");
});
