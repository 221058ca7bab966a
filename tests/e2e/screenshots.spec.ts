// The pictures of the README, and that nothing is cut off on a large and on a small screen.

import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { openTemplate, pick } from "../support/editor";
import { cutOff } from "../support/look";
import { open } from "../support/page";

/** Asked for by name, since pictures differ from machine to machine. */
const KEPT = process.env.TRAZO_SCREENSHOTS === "1";
const DOCS = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));

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
