// The dialog for imports with files of many authors in it: axe in both themes, nothing cut off on a large and on a small screen, all
// of it said in both languages. Asked for with TRAZO_SCREENSHOTS=1.

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { open } from "../support/page";
import { cutOff, speak, violations } from "../support/look";
import { rawKeys } from "../support/texts";

test.use({ serviceWorkers: "block" });
test.skip(process.env.TRAZO_SCREENSHOTS !== "1", "it takes minutes, and pictures differ from machine to machine");
test.describe.configure({ timeout: 300_000 });

const FILES = fileURLToPath(new URL("../imports/", import.meta.url));

for (const format of readdirSync(FILES)) {
  test(`files of ${format} can be looked at by everybody`, async ({ page }, info) => {
    const found: string[] = [];
    await open(page);
    const dialog = page.getByRole("dialog");
    // A file's name may look like a text's key.
    const unsaid = async (name: string) => (await rawKeys(page)).filter((key) => key !== name);
    const names = readdirSync(`${FILES}${format}`).filter((name) => /\.(json|ya?ml|drawio)$/.test(name));
    for (const [at, name] of names.entries()) {
      await page.setViewportSize(at % 2 === 0 ? { width: 1440, height: 900 } : { width: 820, height: 1180 });
      await page.emulateMedia({ colorScheme: at % 4 < 2 ? "light" : "dark" });
      await page.locator("input[type=file]").setInputFiles(`${FILES}${format}/${name}`);
      await expect(dialog.locator(".import-name")).toHaveText(name);
      await expect(dialog.locator(".import-counts, [role=alert]")).toBeVisible();
      const note = dialog.locator("button.import-note");
      if ((await note.count()) > 0) await note.first().click();
      const wrong = [...(await violations(page)), ...(await cutOff(page)), ...(await unsaid(name))];
      found.push(...wrong.map((one) => `${name}: ${one}`));
      await page.screenshot({ path: info.outputPath(`${name}.png`) });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press("Escape");
    await speak(page, "English");
    for (const name of names) {
      await page.locator("input[type=file]").setInputFiles(`${FILES}${format}/${name}`);
      await expect(dialog.locator(".import-name")).toHaveText(name);
      await expect(dialog.locator(".import-counts, [role=alert]")).toBeVisible();
      const wrong = [...(await cutOff(page)), ...(await unsaid(name))];
      found.push(...wrong.map((one) => `${name}, English: ${one}`));
      await page.screenshot({ path: info.outputPath(`${name}-english.png`) });
    }
    expect(found).toEqual([]);
  });
}
