// What every test of the page needs.

import { expect, type Page } from "@playwright/test";

/** Opens the page and waits until it takes input. */
export async function open(page: Page, address = "./"): Promise<void> {
  await page.goto(address);
  await ready(page);
}

/** Waits until the page takes input. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
}

/** Collects what must stay empty: errors of scripts, of the console, and of the page's policy. */
export function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on("pageerror", (error) => found.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      found.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("requestfailed", (request) => found.push(`request: ${request.url()}`));
  return found;
}
