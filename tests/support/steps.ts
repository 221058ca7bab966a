// The place of the deployment, as a person works in it.

import { expect, type Locator, type Page } from "@playwright/test";
import { unfoldBy } from "./deploy";
import type { Emulator } from "./emulators";
import { saved } from "./files";

/** One of the four parts of the way. */
export type Part = "credentials" | "plan" | "create" | "running";

/** A part of the way, by its name in code. */
export const part = (page: Page, which: Part): Locator => page.locator(`.deploy-step[data-step=${which}]`);

/** The rows of the steps. */
export const rows = (page: Page): Locator => page.locator("[data-step-id]");

/** What the engine says of the whole. */
export const phase = (page: Page): Locator => page.locator("[data-phase]");

export const button = (page: Page, name: string | RegExp): Locator =>
  page.locator(".deploy").getByRole("button", { name, exact: typeof name === "string" });

/** Unfolds a part. */
export async function unfold(page: Page, which: Part): Promise<void> {
  await unfoldBy(part(page, which).locator(".deploy-step-head button"));
}

/** Opens the place of the deployment. */
export async function openPlace(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Desplegar", exact: true }).click();
  await expect(part(page, "credentials")).toBeVisible();
}

/** Chooses an emulator in AWS's place. */
export async function goTo(page: Page, url: string): Promise<void> {
  await unfold(page, "credentials");
  const way = part(page, "credentials").locator("details", { hasText: "Conexión con AWS" });
  if ((await way.getAttribute("open")) === null) await way.locator("summary").click();
  await way.getByRole("radio", { name: /^Otro servidor/ }).check();
  await way.getByLabel("Dirección", { exact: true }).fill(url);
}

/** Pastes credentials, and waits until it is known whose they are. */
export async function paste(page: Page, text: string): Promise<void> {
  await unfold(page, "credentials");
  await page.getByLabel(/^Pega aquí tus credenciales/).fill(text);
  await expect(page.getByTestId("deploy-known")).toContainText("1234-5678-9012", { timeout: 120_000 });
}

/** Waits until the plan asks for nothing more: the account's network is found and chosen. */
export async function giveNetwork(page: Page): Promise<void> {
  await unfold(page, "plan");
  await expect(part(page, "plan").locator("[data-section=resources]")).toBeVisible();
  await expect(part(page, "plan").locator(".deploy-step-glance")).not.toContainText("Falta", { timeout: 120_000 });
  // Nothing is missed, either, while AWS is asked what there is to choose from.
  await expect(part(page, "plan")).not.toHaveClass(/quiet-tone/, { timeout: 120_000 });
}

/** Chooses the engine that goes step by step. */
export async function chooseSteps(page: Page): Promise<void> {
  await unfold(page, "create");
  await part(page, "create").getByRole("radio", { name: /^Paso a paso/ }).check();
  await expect(rows(page).first()).toBeVisible();
}

/**
 * From now on pauses of the page are over at once, and its clock says that they were as long as they should be: what it waits a minute
 * for does not take a minute here. Answers take as long as they take.
 */
export async function hurry(page: Page): Promise<void> {
  await page.evaluate(() => {
    const [later, now] = [window.setTimeout.bind(window), Date.now.bind(Date)];
    // Below are moments of the look, above are limits of requests.
    const [SHORT, LONG] = [500, 12_000];
    let ahead = 0;
    Date.now = () => now() + ahead;
    const sooner = (then: () => void, pause = 0) => {
      if (pause < SHORT || pause > LONG) return later(then, pause);
      return later(() => {
        ahead += pause;
        then();
      });
    };
    window.setTimeout = sooner as typeof window.setTimeout;
  });
}

/** From a design to the point where its first step can be made, against an emulator. */
export async function prepare(page: Page, aws: Emulator): Promise<void> {
  await openPlace(page);
  await goTo(page, aws.url);
  await paste(page, aws.pasted);
  await giveNetwork(page);
  await chooseSteps(page);
}

/** Waits until the engine says that it stands so. */
export async function stands(page: Page, state: string, timeout = 180_000): Promise<void> {
  await expect(phase(page)).toHaveAttribute("data-phase", state, { timeout });
}

/** Takes everything back, confirmed by the name that is asked for. */
export async function takeBack(page: Page): Promise<void> {
  await button(page, "Quitar todo…").click();
  const dialog = page.getByRole("dialog", { name: "Quitar todo lo que creó este despliegue" });
  const label = await dialog.locator("label").textContent();
  await dialog.getByRole("textbox").fill(/Escribe (\S+) para/.exec(label ?? "")?.[1] ?? "");
  await dialog.getByRole("button", { name: "Quitar todo", exact: true }).click();
}

/** The template of the open design, as it is exported. */
export async function template(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Exportar" }).click();
  await page.getByRole("combobox", { name: "Formato" }).selectOption({ label: "CloudFormation" });
  return (await saved(page, () => page.getByRole("button", { name: "Descargar", exact: true }).click())).text;
}

/** What the journal of this browser holds of the latest deployment. */
export interface Kept {
  /** Its token, which is in the tags of what it made. */
  token: string;
  /** What was given for the parameters. */
  parameters: Record<string, string>;
  /** What was written, in order. */
  records: { what: string; step?: string }[];
}

/** Reads the journal. */
export async function kept(page: Page): Promise<Kept> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    const database = await answer(indexedDB.open("trazo.deployments"));
    const store = (name: string) => database.transaction(name).objectStore(name);
    const [token] = (await answer(store("latest").getAll())) as string[];
    const range = IDBKeyRange.bound(`${token}/`, `${token}/~`);
    const rows = (await answer(store("records").getAll(range))) as string[];
    database.close();
    const records = rows.map((row) => JSON.parse(row));
    return { token, records, parameters: records[0].given.parameters };
  });
}

/** That the account holds what was drawn, to the last property. */
export async function isAsDrawn(page: Page, aws: Emulator, drawn: string): Promise<void> {
  const { token, parameters } = await kept(page);
  expect(await aws.differences(drawn, token, parameters)).toEqual([]);
}
