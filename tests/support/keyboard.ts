// The page by keyboard alone: nothing here touches the mouse, or focuses anything by itself.

import { expect, type Locator, type Page } from "@playwright/test";
import { drawn, node, nodes, selected } from "./editor";
import { control, field } from "./fields";

const MANY = 150;

const hasFocus = (of: Locator) => of.evaluate((element) => element === document.activeElement);

/** Where the focus is among the panels. */
const panelOfFocus = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-panel]")?.dataset.panel ?? "");

/** Presses a key until the focus is on an element. */
export async function press(page: Page, key: string, to: Locator): Promise<void> {
  await expect(to).toBeAttached();
  for (let i = 0; i < MANY; i++) {
    if (await hasFocus(to)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${to}`);
}

/** F6 until the focus is in a panel. */
export async function goToPanel(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 8 && (await panelOfFocus(page)) !== name; i++) {
    await page.keyboard.press("F6");
    await drawn(page);
  }
  expect(await panelOfFocus(page)).toBe(name);
}

/** Tab through the canvas until a card has the focus. */
export async function goToCard(page: Page, id: string): Promise<void> {
  await goToPanel(page, "canvas");
  for (let i = 0; i < MANY; i++) {
    // After a link was drawn the card still has the focus, but the link is selected.
    if ((await selected(page).and(node(page, id)).count()) && (await hasFocus(node(page, id)))) break;
    if ((await panelOfFocus(page)) !== "canvas") {
      // Past the last card the focus leaves the canvas; with nothing selected it begins again at the first.
      await goToPanel(page, "canvas");
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("Tab");
    // The canvas moves the focus with the next frame.
    await drawn(page);
  }
  await expect(node(page, id)).toBeFocused();
  await expect(node(page, id)).toHaveAttribute("data-selected", "");
}

/** Takes a piece from the palette and names it where it stands; gives its id. */
export async function put(page: Page, kind: string, name: string): Promise<string> {
  await goToPanel(page, "rail");
  const before = await nodes(page, kind).count();
  await press(page, "Tab", page.locator(`[data-palette=${kind}]`));
  await page.keyboard.press("Enter");
  await expect(nodes(page, kind)).toHaveCount(before + 1);
  await expect(selected(page)).toBeFocused();
  await page.keyboard.press("F2");
  await expect(page.locator("input.inplace")).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(selected(page)).toContainText(name);
  await expect(selected(page)).toBeFocused();
  return (await selected(page).getAttribute("data-node")) ?? "";
}

/** Links the card that has the focus with another: L, arrows to the one that is said, Enter. */
export async function linkTo(page: Page, name: string): Promise<void> {
  const said = page.getByTestId("said");
  await page.keyboard.press("l");
  await expect(said).toHaveText(/^Destino 1 de \d+: /);
  for (let i = 1; !((await said.textContent()) ?? "").trim().endsWith(`: ${name}`); i++) {
    await page.keyboard.press("ArrowDown");
    await expect(said).toContainText(`Destino ${i + 1} de`);
  }
  await page.keyboard.press("Enter");
  await expect(said).toContainText(`enlazado con ${name}`);
  // The link is selected then; the card is drawn as if it were still until the next frame.
  await drawn(page);
}

/** Enter on what is selected leads into its properties. */
export async function openFields(page: Page): Promise<void> {
  await page.keyboard.press("Enter");
  await expect.poll(() => panelOfFocus(page)).toBe("inspector");
}

/** Tab to a field of the inspector, and type over what is there. */
export async function write(page: Page, path: string, value: string): Promise<void> {
  await press(page, "Tab", control(page, path));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(value);
  await expect(control(page, path)).toHaveValue(value);
}

/** Tab to a switch, and turn it. */
export async function flip(page: Page, path: string): Promise<void> {
  const one = field(page, path).getByRole("switch");
  const was = await one.isChecked();
  await press(page, "Tab", one);
  await page.keyboard.press("Space");
  await expect(one).toBeChecked({ checked: !was });
}

/** Tab to a button, and press it. */
export async function hit(page: Page, button: Locator): Promise<void> {
  await press(page, "Tab", button);
  await page.keyboard.press("Enter");
}

/** Does something by its name in the list of actions. */
export async function act(page: Page, name: string): Promise<void> {
  const list = page.locator("[data-dialog=command]");
  await page.keyboard.press("ControlOrMeta+K");
  await expect(list.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(name);
  await expect(list.locator("[role=option][aria-selected=true]")).toContainText(name);
  await page.keyboard.press("Enter");
  await expect(list).toBeHidden();
}
