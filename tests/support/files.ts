// The files that a design becomes, as a person takes them away.

import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { expect, type Page, type TestInfo } from "@playwright/test";

export interface Manifest {
  name: string;
  nodes: { id: string; kind: string; name: string; x: number; y: number; w?: number; h?: number; in?: string; props?: unknown }[];
  links: { id: string; from: string; to: string; props?: unknown }[];
  notes: { id: string; props: { text: string } }[];
}

/** What the browser saves when something is done. */
export async function saved(page: Page, act: () => Promise<void>): Promise<{ file: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { file: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

/** The manifest, saved by its shortcut. */
export async function manifestText(page: Page): Promise<string> {
  return (await saved(page, () => page.keyboard.press("ControlOrMeta+S"))).text;
}

export async function manifest(page: Page): Promise<Manifest> {
  return JSON.parse(await manifestText(page)) as Manifest;
}

/** The manifest without where one looks, which undo does not change back. */
export async function content(page: Page): Promise<string> {
  const { view: _, ...rest } = JSON.parse(await manifestText(page)) as Record<string, unknown>;
  return JSON.stringify(rest, null, 2);
}

/** Asks AWS's own linter about a template: it must find nothing at all. */
export async function lint(text: string, info: TestInfo): Promise<void> {
  const program = process.env.CFN_LINT ?? "cfn-lint";
  const file = info.outputPath("template.json");
  await writeFile(file, text);
  const ran = spawnSync(program, ["--non-zero-exit-code", "informational", file], { encoding: "utf8" });
  // Where the linter is missing the test has not shown what it is there for.
  expect(ran.error, `${program} could not be run`).toBeUndefined();
  expect(`${ran.stdout}${ran.stderr}`).toBe("");
  expect(ran.status).toBe(0);
}
