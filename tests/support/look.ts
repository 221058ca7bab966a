// How a page looks: what is cut off, and what axe finds.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, type TestInfo } from "@playwright/test";
import { rawKeys } from "./texts";

/** What is wider than the room that it has, but for what is cut on purpose. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isWide = (element: Element) => element.scrollWidth > element.clientWidth + 1;
    const found = isWide(document.documentElement) ? ["the page"] : [];
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      // What is one pixel large is for screen readers.
      if (element.clientWidth <= 1 || !isWide(element)) continue;
      const style = getComputedStyle(element);
      const meant = style.textOverflow === "ellipsis" || style.overflowX === "auto" || style.overflowX === "scroll";
      const hidden = element.closest(".stage, .sr-only, .code, input, svg") !== null;
      if (style.overflowX !== "visible" && style.display !== "inline" && !meant && !hidden) {
        found.push(`${element.tagName} ${element.className} ${element.scrollWidth} > ${element.clientWidth}`);
      }
    }
    return found;
  });
}

/** Each violation of WCAG 2.1 AA that axe knows, in a line, so that a failure can be read. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((one) => `${id}: ${one.target.join(" ")} ${one.failureSummary}`));
}

/** Opens a view of a narrow screen, if it is not open yet: its button closes what is open. */
export async function openSheet(page: Page, view: string): Promise<void> {
  const button = page.locator(`[data-view=${view}]`);
  if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
  await expect(button).toHaveAttribute("aria-expanded", "true");
}

/** Speaks another language. */
export async function speak(page: Page, language: "Español" | "English"): Promise<void> {
  await page.getByRole("button", { name: /^(Idioma|Language)$/ }).click();
  await page.getByRole("menuitemradio", { name: language }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", language === "English" ? "en" : "es");
}

/** What is wrong with what is seen now: cut off, kept from somebody, or not said. */
async function wrong(page: Page, what: string): Promise<string[]> {
  const found = [...(await violations(page)), ...(await cutOff(page)), ...(await rawKeys(page))];
  return found.map((one) => `${what}: ${one}`);
}

/** How one looks at a page: `english` where nothing stands before the menu of languages. */
export type Look = (name: string, more?: { english?: boolean }) => Promise<void>;

/** Looks at a view of the editor, large and small, by day and by night, in both languages; what is wrong is added to `found`. */
export function looker(page: Page, info: TestInfo, view: string, found: string[]): Look {
  const by = async (name: string) => {
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await wrong(page, `${name}, ${colorScheme}`)));
      await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) });
    }
  };
  return async (name, { english = true } = {}) => {
    await by(`${name}-large`);
    await page.setViewportSize({ width: 820, height: 1180 });
    await openSheet(page, view);
    await by(`${name}-small`);
    await page.setViewportSize({ width: 1440, height: 900 });
    if (!english) return;
    await speak(page, "English");
    found.push(...(await wrong(page, `${name}, English`)));
    await page.screenshot({ path: info.outputPath(`${name}-english.png`) });
    await speak(page, "Español");
  };
}
