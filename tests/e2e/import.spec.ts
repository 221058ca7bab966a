// Files of other tools: chosen, dropped, pasted; what was understood is shown with its lines before anything is opened.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { middle, nodes, openNew, openTemplate, selected, settled } from "../support/editor";
import { manifest } from "../support/files";
import { act } from "../support/keyboard";
import { complaints, open } from "../support/page";

/** Two services, of which one calls the other, and things that ECS has no word for. */
const COMPOSE = `name: taller
services:
  web:
    image: public.ecr.aws/docker/library/nginx:1.29
    ports:
      - "8080:80"
    environment:
      PEDIDOS_URL: http://pedidos:3000
    depends_on:
      - pedidos
    cgroup_parent: m-executor
  pedidos:
    image: registry.example/pedidos:2
    expose:
      - "3000"
    mac_address: 02:42:ac:11:65:43
`;
const UNKNOWN_LINES = [11, 16];

const MANIFEST = JSON.stringify({ trazo: 1, name: "Propio", region: "us-east-1", nodes: [], links: [], notes: [] });

const dialog = (page: Page, name = "Importar un archivo"): Locator => page.getByRole("dialog", { name });
const source = (page: Page): Locator => dialog(page).getByRole("region", { name: "Texto del archivo" });
const line = (page: Page, at: number): Locator => page.locator(`.import-source [data-line="${at}"]`);
const opener = (page: Page): Locator => dialog(page).getByRole("button", { name: "Abrir como diseño nuevo" });
const adder = (page: Page): Locator => dialog(page).getByRole("button", { name: "Añadir al diseño abierto" });
const name = (page: Page): Locator => page.getByRole("textbox", { name: "Nombre del diseño" });

/** Chooses a file, as the browser's own dialog would. */
async function give(page: Page, file: string, text: string): Promise<void> {
  await page.locator("input[type=file]").setInputFiles({ name: file, mimeType: "text/plain", buffer: Buffer.from(text) });
}

/** Drops a file on an element. */
async function drop(page: Page, on: string, file: string, text: string): Promise<void> {
  await dropAll(page, on, { [file]: text });
}

/** Drops several files at once, by their names. */
async function dropAll(page: Page, on: string, files: Record<string, string>): Promise<void> {
  const dataTransfer = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const [file, text] of Object.entries(files)) data.items.add(new File([text], file));
    return data;
  }, files);
  await page.dispatchEvent(on, "dragover", { dataTransfer });
  await expect(page.getByText("Suelta el archivo para abrirlo")).toBeVisible();
  await page.dispatchEvent(on, "drop", { dataTransfer });
}

/** Pastes a text where the focus is. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const on = document.activeElement ?? document.body;
    on.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Waits until the dialog shows what it has understood of the two services. */
async function understood(page: Page): Promise<void> {
  await expect(dialog(page).getByText("Automático: Docker Compose")).toBeAttached();
  await expect(dialog(page).locator(".import-counts")).toContainText("2 Servicios");
}

test("a file is chosen, looked at and opened as a new design", async ({ page }) => {
  const found = complaints(page);
  await open(page);
  await page.getByRole("button", { name: "Importar…" }).click();
  await expect(dialog(page).getByText("Docker Compose")).toBeVisible();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    dialog(page).getByRole("button", { name: "Elegir un archivo…" }).click(),
  ]);
  await chooser.setFiles({ name: "compose.yaml", mimeType: "application/yaml", buffer: Buffer.from(COMPOSE) });
  await understood(page);
  await expect(dialog(page).getByText("compose.yaml")).toBeVisible();
  // The small drawing has a card for each thing but groups.
  await expect(dialog(page).locator(".import-picture .sketch-card")).not.toHaveCount(0);
  await expect(adder(page)).toHaveCount(0);
  await opener(page).click();
  await settled(page);
  await expect(name(page)).toHaveValue("taller");
  await expect(nodes(page, "service")).toHaveCount(2);
  await expect(dialog(page)).toBeHidden();
  expect(found).toEqual([]);
});

test("what was laid out does not overlap", async ({ page }) => {
  await open(page);
  await give(page, "compose.yaml", COMPOSE);
  await understood(page);
  await opener(page).click();
  await settled(page);
  await expect(nodes(page, "service")).toHaveCount(2);
  const cards = await page.locator("[data-node].card").evaluateAll((all) =>
    all.map((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return { left, right, top, bottom };
    }),
  );
  expect(cards.length).toBeGreaterThan(3);
  for (const [at, a] of cards.entries()) {
    for (const b of cards.slice(at + 1)) {
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      expect(apart, JSON.stringify([a, b])).toBe(true);
    }
  }
});

test("each note names its line, and leads there", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 520 });
  await open(page);
  const padding = "# relleno\n".repeat(200);
  await give(page, "compose.yaml", COMPOSE + padding);
  await understood(page);
  const left = dialog(page).locator("[data-notes=left]");
  await expect(left.getByRole("heading")).toContainText(/\d+ cosas no entendidas/);
  for (const at of UNKNOWN_LINES) {
    await expect(line(page, at)).toHaveClass(/left/);
    await source(page).evaluate((area) => area.scrollTo(0, area.scrollHeight));
    await expect(line(page, at)).toHaveCount(0);
    await left.getByRole("button", { name: `Línea ${at} `, exact: false }).first().click();
    await expect(line(page, at)).toHaveClass(/\bat\b/);
    await expect(line(page, at)).toBeInViewport();
  }
  // And back: a marked line shows its note.
  await line(page, UNKNOWN_LINES[0]).click();
  await expect(left.locator(".import-note.at")).toContainText(`Línea ${UNKNOWN_LINES[0]}`);
});

test("a file that is dropped on the start page is looked at first; a manifest is opened at once", async ({ page }) => {
  await open(page);
  await drop(page, "main", "compose.yaml", COMPOSE);
  await understood(page);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("heading", { name: "Diseños recientes" })).toBeVisible();
  await drop(page, "main", "propio.trazo.json", MANIFEST);
  await expect(name(page)).toHaveValue("Propio");
  await expect(dialog(page)).toBeHidden();
});

test("a file that is dropped on the canvas is added to the design, and taken back in one step", async ({ page }) => {
  await openTemplate(page, "web-publica");
  const before = (await manifest(page)).nodes;
  await drop(page, ".stage", "compose.yaml", COMPOSE);
  await understood(page);
  await adder(page).click();
  await expect(dialog(page)).toBeHidden();
  await expect(selected(page)).not.toHaveCount(0);
  const after = (await manifest(page)).nodes;
  const right = Math.max(...before.map(({ x }) => x));
  const added = after.slice(before.length);
  expect(added.length).toBeGreaterThan(3);
  for (const one of added) expect(one.x, one.name).toBeGreaterThan(right);
  await page.locator(".stage").focus();
  await page.keyboard.press("ControlOrMeta+Z");
  expect((await manifest(page)).nodes).toEqual(before);
  await page.keyboard.press("ControlOrMeta+Shift+Z");
  expect((await manifest(page)).nodes).toEqual(after);
});

test("of several files the first that is understood is shown, and the others can be added", async ({ page }) => {
  await open(page);
  const other = COMPOSE.replace("taller", "tienda").replaceAll("pedidos", "pagos");
  await dropAll(page, "main", { "leeme.txt": "unas palabras", "foto.png": "\0\0", "uno.yaml": COMPOSE, "dos.yaml": other });
  await understood(page);
  const which = dialog(page).getByRole("combobox", { name: "Archivo" });
  await expect(which.locator("option")).toHaveText(["leeme.txt", "uno.yaml", "dos.yaml"]);
  await expect(which.locator("option:checked")).toHaveText("uno.yaml");
  await expect(dialog(page)).toContainText("Quedan 3 archivos");
  await expect(dialog(page)).toContainText("1 no es texto");
  await opener(page).click();
  await expect(name(page)).toHaveValue("taller");
  await which.selectOption("dos.yaml");
  await understood(page);
  await adder(page).click();
  // Only one is left, which is no file of anything.
  await expect(dialog(page).getByRole("alert")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Cancelar" }).click();
  await settled(page);
  const services = (await manifest(page)).nodes.filter(({ kind }) => kind === "service").map(({ name }) => name);
  expect(services.slice(0, 2).sort()).toEqual(["pedidos", "web"]);
  expect(services.slice(2).map((name) => name.replace(/-\d$/, "")).sort()).toEqual(["pagos", "web"]);
});

test("a text that is pasted on the start page, or into the dialog, is looked at", async ({ page }) => {
  await open(page);
  await paste(page, COMPOSE);
  await understood(page);
  await dialog(page).getByRole("button", { name: "Otro archivo" }).click();
  const field = dialog(page).getByRole("textbox", { name: "O pega su contenido" });
  await field.fill(COMPOSE.replace("taller", "otro"));
  await dialog(page).getByRole("button", { name: "Leer el texto" }).click();
  await understood(page);
  await opener(page).click();
  await expect(name(page)).toHaveValue("otro");
});

test("on the canvas, Trazo's own parts are pasted as before, files are looked at, and words are refused", async ({ page }) => {
  await openNew(page);
  await page.locator(".stage").focus();
  await paste(page, "unas palabras");
  await expect(page.getByText("El portapapeles no contiene elementos de Trazo", { exact: false })).toBeVisible();
  await paste(page, COMPOSE);
  await understood(page);
  await page.keyboard.press("Escape");
  await page.locator(".stage").focus();
  const part = { trazo: 1, nodes: [{ id: "a", kind: "cluster", name: "uno", x: 0, y: 0, w: 320, h: 240 }], links: [], notes: [] };
  await paste(page, JSON.stringify(part));
  await expect(nodes(page, "cluster")).toHaveCount(1);
  await expect(dialog(page)).toBeHidden();
});

test("another format than the one that is recognised can be asked for", async ({ page }) => {
  await open(page);
  await give(page, "compose.yaml", COMPOSE);
  await understood(page);
  const format = dialog(page).getByRole("combobox", { name: "Formato" });
  await format.selectOption("manifest");
  await expect(dialog(page).getByRole("alert")).toBeVisible();
  await expect(opener(page)).toHaveAttribute("aria-disabled", "true");
  await opener(page).click({ force: true });
  await expect(dialog(page)).toBeVisible();
  await format.selectOption("");
  await understood(page);
  await expect(opener(page)).not.toHaveAttribute("aria-disabled", "true");
});

test.describe("what cannot be imported is told", () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
    .split("")
    .map((letter, at) => `${letter}: &${letter} [${Array(10).fill(`*${"abcdefg"[at]}`).join(",")}]`)
    .join("\n")}\n`;
  const bad: [string, string, string, RegExp, number | undefined][] = [
    ["of no known format", "x.yaml", "colores:\n  - rojo\n  - azul\n", /no conoce el formato/, undefined],
    ["with a fault in YAML", "x.yaml", "services:\n  web:\n    image: 'nginx\n", /no es YAML válido/, 3],
    ["with a fault in JSON", "x.json", '{\n  "openapi": "3.0.1",\n  "paths": {,}\n}', /no es JSON válido/, 3],
    ["a bomb of aliases", "x.yaml", bomb, /demasiados valores/, undefined],
    ["too deep", "x.json", '{"a":'.repeat(20_000), /anidados/, 1],
    ["too large", "x.yaml", `services:\n  web:\n    image: nginx\n${"# relleno de sobra\n".repeat(300_000)}`, /más de 5 MB/, undefined],
    ["empty", "x.yaml", " \n", /no hay nada/, undefined],
  ];
  for (const [what, file, text, says, at] of bad) {
    test(`a file that is ${what}`, async ({ page }) => {
      await openNew(page);
      await give(page, file, text);
      const alert = dialog(page).getByRole("alert");
      await expect(alert).toContainText(says);
      if (at !== undefined) {
        await expect(alert).toContainText(`Línea ${at}`);
        await expect(line(page, at)).toHaveClass(/error/);
      }
      await expect(opener(page)).toHaveAttribute("aria-disabled", "true");
      await dialog(page).getByRole("button", { name: "Cancelar" }).click();
      await expect(dialog(page)).toBeHidden();
      await expect(nodes(page)).toHaveCount(0);
    });
  }
});

test("that a large file is being read is said before it is", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Importar…" }).click();
  await expect(dialog(page).getByRole("button", { name: "Elegir un archivo…" })).toBeVisible();
  await page.evaluate(() => {
    const look = () => {
      if (document.querySelector(".import-busy")?.textContent) document.body.dataset.busy = "seen";
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await give(page, "compose.yaml", COMPOSE + "# relleno de sobra para que el archivo sea grande\n".repeat(40_000));
  await understood(page);
  await expect(page.locator("body")).toHaveAttribute("data-busy", "seen");
});

test("by keyboard alone", async ({ page }) => {
  await openNew(page);
  await act(page, "Importar");
  await expect(dialog(page).getByRole("button", { name: "Elegir un archivo…" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(dialog(page).getByRole("textbox")).toBeFocused();
  await page.keyboard.insertText(COMPOSE);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await understood(page);
  await source(page).focus();
  await page.keyboard.press("n");
  await expect(page.locator(".import-source .code-line.at")).toHaveCount(1);
  await opener(page).focus();
  await page.keyboard.press("Enter");
  await expect(name(page)).toHaveValue("taller");
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const size of [{ width: 1440, height: 900 }, { width: 820, height: 1180 }, { width: 390, height: 800 }]) {
    test.describe(`${colorScheme}, ${size.width} × ${size.height}`, () => {
      test.use({ colorScheme, viewport: size });

      test("nobody is kept out of the dialog, and nothing is cut", async ({ page }, info) => {
        const clean = async (step: string) => {
          const { violations } = await new AxeBuilder({ page }).include("dialog[open]").analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
          const wide = await page.locator(".import").evaluate((area) => area.scrollWidth - area.clientWidth);
          expect(wide, step).toBeLessThanOrEqual(0);
          await page.screenshot({ path: info.outputPath(`${step}.png`) });
        };
        await open(page);
        await page.getByRole("button", { name: "Importar…" }).click();
        await expect(dialog(page).getByRole("textbox")).toBeVisible();
        await clean("ask");
        await give(page, "compose.yaml", COMPOSE);
        await understood(page);
        await dialog(page).locator("[data-notes=left] button").first().click();
        await clean("review");
        const foot = await middle(opener(page));
        expect(foot.y).toBeLessThan(size.height);
        await give(page, "malo.yaml", "services:\n  web:\n    image: 'nginx\n");
        await expect(dialog(page).getByRole("alert")).toBeVisible();
        await clean("error");
      });
    });
  }
}

test.describe("in an English browser", () => {
  test.use({ locale: "en-GB" });

  test("the dialog speaks English", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "Import…" }).click();
    const english = dialog(page, "Import a file");
    await expect(english.getByRole("button", { name: "Choose a file…" })).toBeVisible();
    await give(page, "compose.yaml", COMPOSE);
    await expect(english.getByText("Automatic: Docker Compose")).toBeAttached();
    await expect(english.locator(".import-counts")).toContainText("2 Services");
    await expect(english.locator(".import-counts")).toContainText("1 Group of users");
    await expect(english.getByRole("heading", { name: /things not understood/ })).toBeVisible();
    await expect(english.getByText(/import\.|\{\w+\}/)).toHaveCount(0);
    await english.getByRole("button", { name: "Open as a new design" }).click();
    await expect(page.getByRole("textbox", { name: "Name of the design" })).toHaveValue("taller");
  });
});
