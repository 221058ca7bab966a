// The pictures of the README, and that nothing is cut off on a large and on a small screen.

import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { openTemplate, pick } from "../support/editor";
import { open } from "../support/page";

/** Asked for by name, since pictures differ from machine to machine. */
const KEPT = process.env.TRAZO_SCREENSHOTS === "1";
const DOCS = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));

/** What is wider than the room that it has, but for what is cut on purpose. */
async function cutOff(page: Page): Promise<string[]> {
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

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const [width, height] of [
      [1440, 900],
      [820, 1180],
    ]) {
      const large = width === 1440;

      test(`start and editor at ${width} × ${height}`, async ({ page }, info) => {
        await page.setViewportSize({ width, height });
        const picture = (name: string) =>
          large && KEPT ? `${DOCS}${name}-${colorScheme}.png` : info.outputPath(`${name}-${width}-${colorScheme}.png`);
        await open(page);
        await expect(page.getByRole("button", { name: "Diseño nuevo" })).toBeVisible();
        expect(await cutOff(page)).toEqual([]);
        await page.screenshot({ path: picture("start") });

        await openTemplate(page, "tienda-virtual");
        expect(await cutOff(page)).toEqual([]);
        if (large) {
          await pick(page, "service1");
          await page.getByRole("tab", { name: "Archivos" }).click();
          await page.getByRole("button", { name: "Ver todo", exact: true }).click();
          await page.mouse.move(0, 0);
          await expect(page.locator(".code-line.marked").first()).toBeVisible();
        }
        await page.screenshot({ path: picture("editor") });
        expect(await cutOff(page)).toEqual([]);
      });
    }
  });
}
