// The fields of the inspector, by the path of what they hold.

import { expect, type Locator, type Page } from "@playwright/test";
import { inspector } from "./editor";

/** The field that holds the value at a path. */
export const field = (page: Page, path: string): Locator => inspector(page).locator(`[data-field="${path}"]`);

/** What is typed or chosen in. */
export const control = (page: Page, path: string): Locator =>
  field(page, path).locator("input:not([type=radio]), select, textarea").first();

/** Types a value over the one that is there. */
export async function type(page: Page, path: string, value: string): Promise<void> {
  const input = control(page, path);
  await input.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(value);
  await expect(input).toHaveValue(value);
}

/** Chooses one of a list, or one of a few words side by side. */
export async function choose(page: Page, path: string, value: string): Promise<void> {
  const one = page.locator(`input[type=radio][value="${value}"]`);
  const radio = field(page, path).locator(one);
  if (await radio.count()) {
    await field(page, path).locator("label", { has: one }).click();
    await expect(radio).toBeChecked();
  } else {
    await control(page, path).selectOption(value);
    await expect(control(page, path)).toHaveValue(value);
  }
}

/** Switches something on or off. */
export async function toggle(page: Page, path: string, on: boolean): Promise<void> {
  const switched = field(page, path).getByRole("switch");
  if ((await switched.isChecked()) !== on) await switched.click();
  await expect(switched).toBeChecked({ checked: on });
}

/** Adds an item to a list. */
export async function add(page: Page, path: string): Promise<void> {
  await field(page, path).locator(".adder").last().click();
}

/** Unfolds a section, inside the record at a path or in the panel itself. */
export async function unfold(page: Page, section: string, within?: string): Promise<void> {
  const around = within ? field(page, within) : inspector(page);
  const head = around.locator(`[data-section=${section}] .section-toggle`).first();
  if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
  await expect(head).toHaveAttribute("aria-expanded", "true");
}
