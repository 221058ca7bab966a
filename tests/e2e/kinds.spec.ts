// The panel of every kind and of every link, as the published schema lists them: complete, in both languages, and each
// switch and list in it changes what is saved.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { inspector, openManifest, openTemplate, pick } from "../support/editor";
import { type Manifest, manifest } from "../support/files";
import { allSaid } from "../support/texts";

const root = join(import.meta.dirname, "../..");
const schema = JSON.parse(readFileSync(join(root, "public/schema/trazo-1.schema.json"), "utf8"));

interface Kind {
  kind: string;
  fields: string[];
}

const KINDS: Kind[] = schema.properties.nodes.items.oneOf.map(
  ({ properties }: { properties: { kind: { const: string }; props: { properties: object } } }) => ({
    kind: properties.kind.const,
    fields: Object.keys(properties.props.properties),
  }),
);

const TEMPLATES = readdirSync(join(root, "crates/formats/templates"))
  .filter((name) => name.endsWith(".trazo.json"))
  .map((name) => name.replace(".trazo.json", ""));

async function unfoldAll(page: Page): Promise<void> {
  const folded = inspector(page).locator(".section-toggle[aria-expanded=false]");
  for (let i = 0; i < 40 && (await folded.count()) > 0; i++) await folded.first().click();
}

/** The outermost fields that are shown. */
const shownFields = (page: Page): Promise<string[]> =>
  inspector(page)
    .locator("[data-field]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-field") ?? "").filter((path) => path !== ""));

const value = (all: Manifest, path: string): unknown =>
  path.split(".").reduce<unknown>(
    (at, key) => (at as Record<string, unknown> | undefined)?.[key],
    all.nodes[0]?.props,
  );

for (const { kind, fields } of KINDS) {
  test(`the panel of ${kind} shows its fields, and what is switched or chosen there is saved`, async ({ page }) => {
    const size = ["vpc", "cluster"].includes(kind) ? { w: 480, h: 320 } : {};
    await openManifest(page, { name: "Una", nodes: [{ id: "one1", kind, name: "uno", x: 160, y: 160, ...size }] });
    await pick(page, "one1");
    await expect(inspector(page).locator("[data-field]").first()).toBeVisible();
    await unfoldAll(page);
    const shown = await shownFields(page);
    const known = ["name", "tags", ...fields];
    expect(shown.filter((path) => !known.includes(path.split(".")[0]))).toEqual([]);
    expect(shown.length).toBeGreaterThan(1);
    for (const path of shown) {
      const label = inspector(page).locator(`[data-field="${path}"] .field-label`).first();
      await expect(label, path).not.toBeEmpty();
    }
    const before = await manifest(page);
    const first = inspector(page).locator("[data-field] [role=switch]").first();
    if (await first.count()) {
      const path = (await first.locator("xpath=ancestor::*[@data-field][1]").getAttribute("data-field")) ?? "";
      await first.click();
      await expect.poll(async () => value(await manifest(page), path)).toBe(value(before, path) !== true);
      await pick(page, "one1");
      await page.keyboard.press("ControlOrMeta+Z");
      await expect.poll(async () => value(await manifest(page), path) ?? false).toBe(value(before, path) ?? false);
    }
  });
}

for (const template of TEMPLATES) {
  test(`each panel of ${template} says everything`, async ({ page }) => {
    test.slow();
    await openTemplate(page, template);
    await walk(page, "es");
  });
}

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("the panels of a whole shop say everything", async ({ page }) => {
    test.slow();
    await openTemplate(page, "rest-con-claves");
    await walk(page, "en");
  });
});

/** Looks at each node, and at each link from the nodes that it joins. */
async function walk(page: Page, lang: string): Promise<void> {
  const seen = new Set<string>();
  for (const { id } of (await manifest(page)).nodes) {
    await pick(page, id);
    await unfoldAll(page);
    await allSaid(page, lang);
    const ways = inspector(page).locator(".links-row .icon-btn");
    for (let i = 0; i < (await ways.count()); i++) {
      await ways.nth(i).click();
      const link = page.locator("[data-link][data-selected]");
      await expect(link).toHaveCount(1);
      const known = (await link.getAttribute("data-link")) ?? "";
      if (!seen.has(known)) {
        seen.add(known);
        await unfoldAll(page);
        await allSaid(page, lang);
      }
      await pick(page, id);
    }
  }
}
