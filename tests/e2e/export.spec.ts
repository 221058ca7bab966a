// The files that a design becomes: choosing, live preview, taking them along, and the ways between lines and the canvas.

import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { box, drawn, fit, inspector, node, openNew, openTemplate, pick, selected, stage } from "../support/editor";
import { field, type } from "../support/fields";
import { saved } from "../support/files";
import { unzipped } from "../support/zip";

const format = (page: Page): Locator => page.getByRole("combobox", { name: "Formato" });
const file = (page: Page): Locator => page.getByRole("combobox", { name: "Archivo", exact: true });
const code = (page: Page): Locator => page.locator(".files .code");
const line = (page: Page, text: string): Locator => code(page).locator(".code-line", { hasText: text }).first();

/** A line, scrolled to: lines far away are not in the page. */
async function found(page: Page, text: string): Promise<Locator> {
  const row = line(page, text);
  let nth = 0;
  await expect(async () => {
    if ((await row.count()) === 0) {
      await code(page).evaluate((area) => {
        const atEnd = area.scrollTop + area.clientHeight >= area.scrollHeight - 1;
        area.scrollTop = atEnd ? 0 : area.scrollTop + area.clientHeight;
      });
      await drawn(page);
    }
    expect(await row.count()).toBeGreaterThan(0);
    nth = Number(await row.getAttribute("aria-posinset", { timeout: 1_000 }));
  }).toPass({ intervals: [50] });
  await code(page).evaluate((area, nth) => {
    area.scrollTop = (nth - 1) * 20 - area.clientHeight / 2;
  }, nth);
  await expect(row).toBeInViewport();
  return row;
}

/** Clicks a line, at its beginning: long ones reach beyond what is seen. */
async function follow(page: Page, text: string): Promise<void> {
  const row = await box(await found(page, text));
  const area = await box(code(page));
  await page.mouse.click(area.x + 70, row.y + 10);
}

const marked = (page: Page, text: string): Locator => code(page).locator(".code-line.marked", { hasText: text });

/** Opens the shop with its files in one of the formats. */
async function shop(page: Page, key: string): Promise<void> {
  await openTemplate(page, "tienda-virtual");
  await page.getByRole("button", { name: "Exportar" }).click();
  await format(page).selectOption(key);
  await fit(page);
}

/** Of each format: a line, what it leads to, and a line that another node is marked by. */
const WAYS = [
  { key: "cloudformation", text: '"AWS::ApiGatewayV2::Api"', leads: "api1", node: "service2", marks: '"AWS::ECS::Service"' },
  { key: "cloudformation-yaml", text: "AWS::ECS::Cluster", leads: "cluster1", node: "service2", marks: "AWS::ECS::Service" },
  { key: "terraform", text: '"protocol_type"', leads: "api1", node: "service2", marks: "pedidos" },
  { key: "compose", text: "CATALOGO_PAGINA", leads: "task1", node: "task2", marks: "PEDIDOS_MONEDA" },
  { key: "openapi", text: '"title": "tienda-api"', leads: "api1", node: "api1", marks: '"title": "tienda-api"' },
];

for (const way of WAYS) {
  test(`${way.key}: a line leads to its element, and an element to its lines`, async ({ page }) => {
    await shop(page, way.key);
    await follow(page, way.text);
    await expect(selected(page)).toHaveCount(1);
    await expect(node(page, way.leads)).toHaveAttribute("data-selected", "");
    await expect(marked(page, way.text)).not.toHaveCount(0);

    await page.keyboard.press("Escape");
    await fit(page);
    await pick(page, way.node);
    await expect(marked(page, way.marks)).not.toHaveCount(0);
    await expect(code(page).locator(".code-line.marked").first()).toBeInViewport();
  });
}

test("another format is shown from the lines of what is selected", async ({ page }) => {
  await shop(page, "cloudformation");
  await pick(page, "service2");
  const first = code(page).locator(".code-line.marked").first();
  await expect(first).toBeInViewport();
  for (const key of ["terraform", "cloudformation-yaml", "cloudformation"]) {
    await code(page).evaluate((area) => area.scrollTo(0, area.scrollHeight));
    await format(page).selectOption(key);
    await expect(first, key).toBeInViewport();
  }

  // What belongs to nothing that is selected begins at its beginning.
  await stage(page).focus();
  await page.keyboard.press("Escape");
  await expect(code(page).locator(".code-line.marked")).toHaveCount(0);
  await code(page).evaluate((area) => area.scrollTo(0, area.scrollHeight));
  await format(page).selectOption("terraform");
  await expect(code(page).locator("[aria-posinset='1']")).toBeInViewport();
});

test("a line leads to the very field that it comes from", async ({ page }) => {
  await shop(page, "compose");
  await follow(page, "replicas: 2");
  await expect(node(page, "service1")).toHaveAttribute("data-selected", "");
  await expect(field(page, "desiredCount")).toBeVisible();
  await expect(field(page, "desiredCount").locator("input").first()).toBeFocused();
});

test("lines are gone through by keyboard, too", async ({ page }) => {
  await shop(page, "openapi");
  await code(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  for (let down = 0; down < 3; down++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(node(page, "api1")).toHaveAttribute("data-selected", "");
});

test("what is edited is in the preview at once, in whatever format is shown", async ({ page }) => {
  await shop(page, "compose");
  await pick(page, "service1");
  await type(page, "desiredCount", "7");
  await expect(await found(page, "replicas: 7")).toHaveClass(/marked/);
  await format(page).selectOption("terraform");
  await expect(await found(page, '"desired_count": 7')).toHaveClass(/marked/);
  await format(page).selectOption("cloudformation");
  await expect(await found(page, '"DesiredCount": 7')).toHaveClass(/marked/);
  // The canvas has the keyboard when one goes back to it.
  await page.locator(".stage").focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await expect(code(page).locator(".code-line.marked", { hasText: '"DesiredCount": 2' })).toHaveCount(1);
});

test("each format has its files; the last one that was shown is remembered", async ({ page }) => {
  await shop(page, "cloudformation");
  const keys = await format(page).locator("option").evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  expect(keys).toEqual(
    expect.arrayContaining(["cloudformation", "cloudformation-yaml", "terraform", "aws-cli", "openapi", "compose", "ci", "report", "manifest"]),
  );
  for (const key of keys) {
    await format(page).selectOption(key);
    if (key === "png") continue;
    await expect(code(page).locator(".code-line").first(), key).not.toBeEmpty();
  }
  await format(page).selectOption("aws-cli");
  await expect(file(page)).toBeVisible();
  await file(page).selectOption({ label: "deploy.ps1" });
  await expect(await found(page, "aws ")).toBeAttached();
  await format(page).selectOption("openapi");
  await expect(file(page)).toBeHidden();
  await page.reload();
  await expect(format(page)).toHaveValue("openapi");
});

test("one file is copied or downloaded as it is shown", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await shop(page, "compose");
  const one = await saved(page, () => page.getByRole("button", { name: "Descargar", exact: true }).click());
  expect(one.file).toBe("compose.yaml");
  expect(one.text).toContain("replicas: 2");
  await page.getByRole("button", { name: "Copiar", exact: true }).click();
  await expect(page.getByText("Copiado", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(one.text);

  await file(page).selectOption({ index: 1 });
  const proxy = await saved(page, () => page.getByRole("button", { name: "Descargar", exact: true }).click());
  expect(proxy.file).toBe("tienda-alb.cfg");
  await format(page).selectOption("cloudformation");
  const template = await saved(page, () => page.getByRole("button", { name: "Descargar", exact: true }).click());
  expect(template.file).toBe("Tienda Virtual.template.json");
  expect(JSON.parse(template.text)).toHaveProperty("Resources.CatalogoService.Type", "AWS::ECS::Service");
});

test("all formats come in one archive with a page that says what is what", async ({ page }) => {
  await shop(page, "cloudformation");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Descargar todo (ZIP)" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Tienda Virtual.zip");
  const files = unzipped(await readFile(await download.path()));
  const wanted = [
    "README.md",
    "cloudformation/cloudformation.json",
    "cloudformation-yaml/cloudformation.yaml",
    "terraform/main.tf.json",
    "aws-cli/deploy.sh",
    "aws-cli/remove.ps1",
    "openapi/tienda-api.json",
    "compose/compose.yaml",
    "ci/.github/workflows/deploy.yml",
    "png/architecture.png",
    "report/report.md",
    "manifest/design.trazo.json",
  ];
  expect([...files.keys()]).toEqual(expect.arrayContaining(wanted));
  const readme = files.get("README.md") ?? "";
  for (const folder of new Set([...files.keys()].filter((path) => path.includes("/")).map((path) => path.split("/")[0]))) {
    expect(readme, folder).toContain(`${folder}/`);
  }
  expect(JSON.parse(files.get("manifest/design.trazo.json") ?? "")).toMatchObject({ trazo: 1, name: "Tienda Virtual" });
  expect(JSON.parse(files.get("terraform/main.tf.json") ?? "")).toHaveProperty("resource");
  for (const [path, text] of files) expect(text, path).not.toBe("");
});

/** Width, height and the number of colours of a PNG, as the browser reads it. */
const seen = (page: Page, png: Buffer): Promise<{ width: number; height: number; colours: number }> =>
  page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const { width, height } = picture;
    const pen = new OffscreenCanvas(width, height).getContext("2d");
    pen?.drawImage(picture, 0, 0);
    const pixels = new Uint32Array(pen?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0));
    return { width, height, colours: new Set(pixels).size };
  }, png.toString("base64"));

test("the picture is shown, and is downloaded in twice its size", async ({ page }) => {
  await shop(page, "png");
  const picture = page.getByRole("img", { name: "La imagen del diseño, tal como se descarga" });
  const size = (): Promise<number[]> =>
    picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
  await expect(async () => expect((await size())[0]).toBeGreaterThan(400)).toPass();
  await expect(page.getByRole("button", { name: "Copiar", exact: true })).toBeHidden();
  const [width = 0, height = 0] = await size();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Descargar", exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Tienda Virtual.png");
  const drawn = await seen(page, await readFile(await download.path()));
  expect(drawn).toMatchObject({ width: 2 * width, height: 2 * height });
  expect(drawn.colours).toBeGreaterThan(100);
});

test("an empty design says that there is nothing to export", async ({ page }) => {
  await openNew(page);
  await page.getByRole("button", { name: "Exportar" }).click();
  await expect(page.getByRole("heading", { name: "Nada que exportar todavía" })).toBeVisible();
  await expect(inspector(page)).toBeVisible();
});
