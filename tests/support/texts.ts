// What the page says, and what it must not say.

import { expect, type Page } from "@playwright/test";

/** What looks like the key of a text that is missing: `ui.top.home`. */
export async function rawKeys(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isKey = (text: string) => /^[a-z_]+(\.[a-z_A-Z0-9-]+)+$/.test(text);
    // What a person has written, and code, may look so.
    const isOwn = (element: Element | null) => element?.closest("code, pre, .code, input, textarea, option, datalist") != null;
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let at = walker.nextNode(); at; at = walker.nextNode()) {
      const text = at.textContent?.trim() ?? "";
      if (isKey(text) && !isOwn(at.parentElement)) found.add(text);
    }
    for (const element of document.querySelectorAll("*")) {
      for (const name of ["aria-label", "title", "placeholder", "alt", "data-tip", "aria-roledescription"]) {
        const text = element.getAttribute(name)?.trim() ?? "";
        const example = name === "placeholder" && element.matches("input");
        if (isKey(text) && !example) found.add(`${name}: ${text}`);
      }
    }
    return [...found];
  });
}

/** Everything is said, and in this language. */
export async function allSaid(page: Page, lang: string): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("lang", lang);
  expect(await rawKeys(page)).toEqual([]);
}
