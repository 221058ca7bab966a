// How a page looks: what is cut off, and what axe finds.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

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
