// Designs are kept: through reloads, beside other tabs, in browsers that refuse, as files, and through a crash.

import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { open, ready } from "../support/page";

const name = (page: Page) => page.getByRole("textbox", { name: "Nombre del diseño" });
const bar = (page: Page) => page.getByRole("alert");
const tiles = (page: Page) => page.locator("[data-design]");

async function newDesign(page: Page, called: string): Promise<void> {
  await open(page);
  await page.getByRole("button", { name: "Diseño nuevo" }).click();
  await expect(page).toHaveURL(/#\/d\/\w+$/);
  await rename(page, called);
}

async function rename(page: Page, called: string): Promise<void> {
  await name(page).fill(called);
  await name(page).press("Enter");
}

/** Waits until what is open is stored. */
async function stored(page: Page): Promise<void> {
  await expect(page.getByText("Guardado en este navegador")).toHaveCount(1);
}

async function home(page: Page): Promise<void> {
  await page.goto("./#/");
  await expect(page.getByRole("heading", { name: "Diseños recientes" })).toBeVisible();
}

/** What the button saves as a file. */
async function saved(page: Page, act: () => Promise<void>): Promise<{ file: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { file: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

async function give(page: Page, file: string, text: string | Buffer): Promise<void> {
  const buffer = typeof text === "string" ? Buffer.from(text) : text;
  await page.locator("input[type=file]").setInputFiles({ name: file, mimeType: "application/json", buffer });
}

const manifest = (called: string) => JSON.stringify({ trazo: 1, name: called, region: "us-east-1", nodes: [], links: [], notes: [] });

test("a change made just before a reload is there after it", async ({ page }) => {
  await newDesign(page, "Tienda de Ana");
  await page.reload();
  await ready(page);
  await expect(name(page)).toHaveValue("Tienda de Ana");
  await expect(page).toHaveTitle("Tienda de Ana · Trazo");
});

test("the start page lists designs, renames, copies and deletes them, and brings them back", async ({ page }) => {
  await newDesign(page, "Uno");
  await home(page);
  await expect(tiles(page)).toHaveCount(1);
  const menu = async (of: string, item: string) => {
    await page.getByRole("button", { name: `Acciones de ${of}`, exact: true }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };

  await menu("Uno", "Cambiar el nombre");
  await page.getByRole("textbox", { name: "Nombre nuevo" }).fill("Dos");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Dos", exact: true })).toBeVisible();

  await menu("Dos", "Duplicar");
  await expect(page.getByRole("link", { name: "Dos (copia)", exact: true })).toBeVisible();

  await menu("Dos", "Borrar");
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Deshacer" }).click();
  await expect(tiles(page)).toHaveCount(2);

  const file = await saved(page, () => menu("Dos", "Guardar como archivo"));
  expect(file.file).toBe("Dos.trazo.json");
  expect(JSON.parse(file.text)).toMatchObject({ trazo: 1, name: "Dos" });

  await page.getByRole("link", { name: "Dos", exact: true }).click();
  await expect(name(page)).toHaveValue("Dos");
});

test("a new design in which nothing was done leaves nothing behind", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Diseño nuevo" }).click();
  await expect(name(page)).toBeVisible();
  await page.goBack();
  await expect(page.getByText("Aún no tienes diseños")).toBeVisible();
  await expect(tiles(page)).toHaveCount(0);
});

test("a template opens as a design of one's own, and back and forward lead there and away", async ({ page }) => {
  await open(page);
  await page.getByRole("link", { name: "Usar la plantilla Tienda Virtual", exact: true }).last().click();
  await expect(name(page)).toHaveValue("Tienda Virtual");
  const address = page.url();
  expect(address).toMatch(/#\/d\/\w+$/);
  await page.goBack();
  await expect(tiles(page)).toHaveCount(1);
  await page.goForward();
  await expect(page).toHaveURL(address);
  await expect(name(page)).toHaveValue("Tienda Virtual");
});

test("an address that leads to no design says so on the start page", async ({ page }) => {
  await open(page, "./#/d/nowhere");
  await expect(page.getByText("Ese diseño no está en este navegador.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Diseño nuevo" })).toBeVisible();
  expect(page.url()).toMatch(/#\/$/);
});

test.describe("two tabs on one design", () => {
  test("a tab without changes of its own takes over what the other does", async ({ page, context }) => {
    await newDesign(page, "Antes");
    await stored(page);
    const other = await context.newPage();
    await open(other, page.url());
    await expect(name(other)).toHaveValue("Antes");
    await rename(page, "Después");
    await expect(name(other)).toHaveValue("Después");
    await expect(bar(other)).toBeEmpty();
    await rename(other, "De vuelta");
    await expect(name(page)).toHaveValue("De vuelta");
  });

  /** A design that was changed in two tabs that did not hear of each other; gives the one that came too late. */
  async function clash(page: Page): Promise<Page> {
    await newDesign(page, "Común");
    await stored(page);
    const late = await page.context().newPage();
    await late.addInitScript(() => Reflect.deleteProperty(globalThis, "BroadcastChannel"));
    await open(late, page.url());
    await expect(name(late)).toHaveValue("Común");
    await rename(page, "Mío");
    await stored(page);
    await rename(late, "Tuyo");
    await expect(bar(late)).toContainText("Este diseño ha cambiado en otra pestaña.");
    return late;
  }

  test("the later one may keep its version as a copy", async ({ page }) => {
    const late = await clash(page);
    await late.getByRole("button", { name: "Conservar la mía como copia" }).click();
    await expect(name(late)).toHaveValue("Tuyo (copia)");
    await stored(late);
    await home(late);
    await expect(late.getByRole("link", { name: "Mío", exact: true })).toBeVisible();
    await expect(late.getByRole("link", { name: "Tuyo (copia)", exact: true })).toBeVisible();
  });

  test("the later one may go on with the other version, and still take its own along", async ({ page }) => {
    const late = await clash(page);
    await late.getByRole("button", { name: "Ver la otra versión" }).click();
    await expect(name(late)).toHaveValue("Mío");
    await expect(bar(late)).toBeEmpty();
    await late.getByRole("button", { name: "Conservar la mía como copia" }).click();
    await expect(name(late)).toHaveValue("Tuyo (copia)");
  });

  test("a version that nobody chose about is kept apart", async ({ page }) => {
    const late = await clash(page);
    await home(late);
    await expect(late.getByRole("link", { name: "Tuyo (copia)", exact: true })).toBeVisible();
    await expect(late.getByRole("link", { name: "Mío", exact: true })).toBeVisible();
  });

  test("a design that is deleted elsewhere can be kept here", async ({ page, context }) => {
    await newDesign(page, "Frágil");
    await stored(page);
    const other = await context.newPage();
    await open(other);
    await other.getByRole("button", { name: "Acciones de Frágil" }).click();
    await other.getByRole("menuitem", { name: "Borrar" }).click();
    await expect(bar(page)).toContainText("Este diseño se ha borrado en otra pestaña.");
    await page.getByRole("button", { name: "Conservar la mía como copia" }).click();
    await stored(page);
    await expect(tiles(other)).toHaveCount(1);
  });
});

test.describe("a browser that refuses", () => {
  test("says that nothing is kept, saves files, and asks before the tab is closed", async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("not here", "SecurityError");
      };
      Storage.prototype.setItem = () => {
        throw new DOMException("not here", "SecurityError");
      };
    });
    await newDesign(page, "En privado");
    await expect(bar(page)).toContainText("Este navegador no deja guardar datos");
    const file = await saved(page, () => bar(page).getByRole("button", { name: "Guardar como archivo" }).click());
    expect(JSON.parse(file.text)).toMatchObject({ name: "En privado" });
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
  });

  test("says that there is no space, and stores when there is again", async ({ page }) => {
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...values: Parameters<typeof put>) {
        if ("full" in window) throw new DOMException("no space", "QuotaExceededError");
        return put.apply(this, values);
      };
    });
    await newDesign(page, "Poco sitio");
    await stored(page);
    await page.evaluate(() => Object.assign(window, { full: true }));
    await rename(page, "Sin sitio");
    await expect(bar(page)).toContainText("No queda espacio en este navegador");
    await page.evaluate(() => Reflect.deleteProperty(window, "full"));
    await bar(page).getByRole("button", { name: "Reintentar" }).click();
    await expect(bar(page)).toBeEmpty();
    await page.reload();
    await ready(page);
    await expect(name(page)).toHaveValue("Sin sitio");
  });

  test("a tab with everything stored closes without a question", async ({ page }) => {
    await newDesign(page, "Tranquilo");
    await stored(page);
    let asked = false;
    page.on("dialog", (dialog) => {
      asked = true;
      void dialog.accept();
    });
    await Promise.all([page.waitForEvent("close"), page.close({ runBeforeUnload: true })]);
    expect(asked).toBe(false);
  });
});

test.describe("files", () => {
  test("what was saved can be opened, dropped and pasted, and is the same", async ({ page }) => {
    await open(page, "./#/new?template=tienda-virtual");
    await expect(name(page)).toHaveValue("Tienda Virtual");
    await home(page);
    const save = async () => {
      await page.getByRole("button", { name: "Acciones de Tienda Virtual" }).first().click();
      await page.getByRole("menuitem", { name: "Guardar como archivo" }).click();
    };
    const first = await saved(page, save);
    expect(first.file).toBe("Tienda Virtual.trazo.json");

    await give(page, "otra.trazo.json", first.text);
    await expect(name(page)).toHaveValue("Tienda Virtual");
    await home(page);
    expect((await saved(page, save)).text).toBe(first.text);

    const drop = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "soltado.trazo.json"));
      return data;
    }, manifest("Soltado"));
    await page.dispatchEvent("main", "dragover", { dataTransfer: drop });
    await expect(page.getByText("Suelta el archivo para abrirlo")).toBeVisible();
    await page.dispatchEvent("main", "drop", { dataTransfer: drop });
    await expect(name(page)).toHaveValue("Soltado");
    await expect(page.getByText("Suelta el archivo para abrirlo")).toBeHidden();

    await home(page);
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }, manifest("Pegado"));
    await expect(name(page)).toHaveValue("Pegado");
  });

  test("a file without a name in it is called as the file", async ({ page }) => {
    await open(page);
    await give(page, "red de prueba.trazo.json", manifest(""));
    await expect(name(page)).toHaveValue("red de prueba");
  });

  const bad: [string, string | Buffer, RegExp][] = [
    ["damaged", '{\n  "trazo": 1,\n  "nodes": [\n', /no es JSON válido[\s\S]*Línea 4, columna 1/],
    ["of a newer version", '{"trazo": 7}', /versión más nueva[\s\S]*el 7[\s\S]*Recarga/],
    ["no manifest", '{"name": "x"}', /no un manifiesto de Trazo/],
    [
      "of an unknown kind",
      '{"trazo": 1, "nodes": [\n  {"id": "a", "kind": "sdk", "x": 0, "y": 0}]}',
      /ningún tipo de recurso sdk[\s\S]*Línea 2, columna \d+, en nodes\.0\.kind/,
    ],
    ["no text", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), /no es un archivo de texto/],
  ];
  for (const [what, text, says] of bad) {
    test(`a file that is ${what} is refused with a reason, and the open design stays`, async ({ page }) => {
      await newDesign(page, "Intacto");
      await give(page, "malo.trazo.json", text);
      const dialog = page.getByRole("dialog", { name: "No se ha podido abrir malo.trazo.json" });
      await expect(dialog).toContainText(says);
      await expect(dialog).toContainText("El diseño que tenías abierto sigue como estaba.");
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expect(name(page)).toHaveValue("Intacto");
    });
  }
});

test.describe("a crash", () => {
  const crash = (page: Page) => page.evaluate(() => window.dispatchEvent(new CustomEvent("trazo:test-panic")));

  test("shows a page with the design, as it was at that moment, to take along and to go on with", async ({ page }) => {
    await open(page, "./?panic#/new");
    await expect(page).toHaveURL(/#\/d\//);
    await rename(page, "Superviviente");
    await crash(page);
    await expect(page.getByRole("heading", { name: "Trazo ha dejado de funcionar" })).toBeVisible();
    await expect(page.getByText("Tu diseño está guardado en este navegador")).toBeVisible();
    const file = await saved(page, () => page.getByRole("link", { name: "Descargar el diseño" }).click());
    expect(JSON.parse(file.text)).toMatchObject({ name: "Superviviente" });
    await page.getByText("Detalles técnicos").click();
    await expect(page.locator("pre")).toContainText(/panicked at .*crash\.rs/);
    await crash(page);
    await expect(page.getByRole("heading", { name: "Trazo ha dejado de funcionar" })).toHaveCount(1);

    await page.getByRole("button", { name: "Volver a abrir el diseño" }).click();
    await expect(name(page)).toHaveValue("Superviviente");
    await stored(page);
  });

  test("without a design leads back to the start page", async ({ page }) => {
    await open(page, "./?panic");
    await crash(page);
    await expect(page.getByText("No había ningún diseño abierto.")).toBeVisible();
    await page.getByRole("link", { name: "Ir al inicio" }).click();
    await expect(page.getByRole("button", { name: "Diseño nuevo" })).toBeVisible();
  });

  test("cannot be brought about from outside", async ({ page }) => {
    await open(page);
    await crash(page);
    await expect(page.getByRole("button", { name: "Diseño nuevo" })).toBeVisible();
  });
});
