// The place of the deployment under a person's hands: what is opened, pasted, chosen and read in it.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { nodes, settled } from "./editor";
import type { Emulator } from "./emulators";
import { open } from "./page";

const TEMPLATES = fileURLToPath(new URL("../../crates/formats/templates/", import.meta.url));

/** A design as a file. */
export interface Manifest {
  name: string;
  nodes: { id: string; kind: string; name: string; props?: Record<string, unknown> }[];
  links: unknown[];
  notes: unknown[];
}

/** A template without the services' auto scaling, which ministack does not know. */
export function withoutScaling(key: string): Manifest {
  const manifest = JSON.parse(readFileSync(`${TEMPLATES}${key}.trazo.json`, "utf8")) as Manifest;
  for (const node of manifest.nodes) {
    if (node.kind !== "service") continue;
    node.props = { ...node.props, scaling: { ...(node.props?.scaling as object), enabled: false } };
  }
  return manifest;
}

/** Opens a design from a file, and the place of the deployment beside it. */
export async function openToDeploy(page: Page, manifest: Manifest, address = "./"): Promise<void> {
  await open(page, address);
  const buffer = Buffer.from(JSON.stringify(manifest));
  const file = { name: `${manifest.name}.trazo.json`, mimeType: "application/json", buffer };
  await page.locator("input[type=file]").setInputFiles(file);
  await settled(page);
  await expect(nodes(page).first()).toBeVisible();
  await openPlace(page);
}

/** Opens the place of the deployment. */
export async function openPlace(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Desplegar", exact: true }).click();
  await expect(step(page, "credentials")).toBeVisible();
}

export type StepName = "credentials" | "plan" | "create" | "running";

/** A step of the way. */
export const step = (page: Page, id: StepName): Locator => page.locator(`[data-step=${id}]`);

/** Unfolds what a button folds, which may unfold by itself meanwhile. */
export async function unfoldBy(head: Locator): Promise<void> {
  await expect(async () => {
    if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
    await expect(head).toHaveAttribute("aria-expanded", "true", { timeout: 2_000 });
  }).toPass();
}

/** Unfolds a step. */
export async function unfold(page: Page, id: StepName): Promise<Locator> {
  await unfoldBy(step(page, id).locator(".deploy-step-head button"));
  return step(page, id);
}

/** Chooses an emulator as the way to AWS, pastes its credentials, and waits until it has said whose they are. */
export async function connect(page: Page, aws: Emulator): Promise<void> {
  const credentials = await unfold(page, "credentials");
  await credentials.getByText("Conexión con AWS").click();
  await credentials.getByRole("radio", { name: /^Otro servidor/ }).check();
  await credentials.getByLabel("Dirección").fill(aws.url);
  await pasteInto(page, aws);
  await expect(page.getByTestId("deploy-known")).toContainText("Cuenta");
}

/** Pastes as a person does: all of the text at once. */
export async function pasteInto(page: Page, aws: Emulator): Promise<void> {
  await page.getByLabel(/^Pega aquí tus credenciales/).focus();
  await page.keyboard.insertText(aws.pasted);
}

/** Where the CloudFormation engine shows what it is at. */
export const engine = (page: Page): Locator => page.getByTestId("formation");

/** A button of the engine. */
export const button = (page: Page, name: string): Locator => engine(page).getByRole("button", { name, exact: true });

/** Has the changes prepared, and waits until they can be read. */
export async function prepare(page: Page, how: "Preparar la creación" | "Preparar los cambios"): Promise<Locator> {
  await unfold(page, "create");
  await button(page, how).click();
  const changes = engine(page).locator(".deploy-changes");
  await expect(changes).toBeVisible();
  return changes;
}

/** The operation that is watched, with the status that AWS gives it. */
export const operation = (page: Page): Locator => engine(page).locator(".deploy-operation");

/** Waits until AWS is done, with this outcome. */
export async function ends(page: Page, status: string): Promise<void> {
  await expect(operation(page)).toHaveAttribute("data-status", status, { timeout: 90_000 });
  await expect(operation(page)).toHaveAttribute("data-ended", "");
  await expect(engine(page).getByRole("status")).toHaveCount(0);
}

/** Creates what is drawn, from the plan to the end. */
export async function create(page: Page): Promise<void> {
  await prepare(page, "Preparar la creación");
  await button(page, "Crear ahora").click();
  await ends(page, "CREATE_COMPLETE");
}

/** Takes all of it away, as the person confirms by typing the stack's name. */
export async function remove(page: Page): Promise<void> {
  await button(page, "Quitar todo…").click();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByRole("textbox");
  const name = await engine(page).locator(".deploy-stack-name strong").innerText();
  await expect(dialog.getByRole("button", { name: "Quitar todo", exact: true })).toBeDisabled();
  await field.fill(name);
  await field.press("Tab");
  await dialog.getByRole("button", { name: "Quitar todo", exact: true }).click();
}

/** How far an element's deployment has come, as the canvas shows it. */
export const mark = (page: Page, id: string): Locator => page.locator(`[data-node="${id}"], [data-link="${id}"]`).first();

/** How an emulator's events come to a page. */
export interface Slow {
  /** Some more come. */
  more(n: number): void;
  /** From now on no more than some new ones come. */
  hold(n: number): void;
  /** All come. */
  all(): void;
}

/**
 * Lets the emulator's events come bit by bit, as AWS's do; as long as some are to come, the stack is as it is on its way. What is
 * said of stacks can be put in other words.
 */
export async function slowly(where: Page | BrowserContext, words = (text: string) => text): Promise<Slow> {
  // That the stack was made, and that it begins.
  let [shown, there, stacks] = [2, 0, ""];
  await where.route("**/*", async (route) => {
    const asked = route.request();
    const what = asked.method() === "POST" ? /Action=(DescribeStackEvents|DescribeStacks)\b/.exec(asked.postData() ?? "") : null;
    if (!what) return route.fallback();
    const answer = await route.fetch();
    const text = words(await answer.text());
    if (what[1] === "DescribeStacks") {
      const isOfAll = !asked.postData()?.includes("StackName=");
      // A stack that is gone is no longer among them; until all is told of it, it is on its way out.
      const isGone = isOfAll && shown < there && stacks !== "" && !text.includes("<StackStatus>");
      const body = isGone ? stacks.replace(/(<StackStatus>)\w+/, "$1DELETE_COMPLETE") : text;
      if (isOfAll && !isGone) stacks = text;
      const onItsWay = body.replace(/(<StackStatus>\w+)_COMPLETE/g, "$1_IN_PROGRESS");
      return route.fulfill({ response: answer, body: shown < there ? onItsWay : text });
    }
    // The newest is the first.
    const [head, rest] = [text.slice(0, text.indexOf("<member>")), text.slice(text.indexOf("<member>"))];
    const end = rest.lastIndexOf("</member>") + "</member>".length;
    const events = rest.slice(0, end).split(/(?<=<\/member>)/);
    there = events.length;
    const body = head + events.slice(Math.max(0, events.length - shown)).join("") + rest.slice(end);
    await route.fulfill({ response: answer, body });
  });
  return { more: (n) => void (shown += n), hold: (n) => void (shown = there + n), all: () => void (shown = 1_000_000) };
}
