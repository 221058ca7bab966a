// What is wrong with a design: the list of problems, and the marks on the canvas.

import { expect, type Locator, type Page } from "@playwright/test";

export const problems = (page: Page): Locator => page.locator("[data-panel=drawer] [data-finding]");

export interface Problem {
  code: string;
  severity: string;
  /** The node, or both ends of a link. */
  where: string;
}

/** All problems in the list, in its order. */
export async function listed(page: Page): Promise<Problem[]> {
  return problems(page).evaluateAll((rows) =>
    rows.map((row) => ({
      code: row.getAttribute("data-finding") ?? "",
      severity: ["error", "warning", "hint"].find((one) => row.classList.contains(one)) ?? "",
      where: row.querySelector(".problem-place .clip")?.textContent ?? "",
    })),
  );
}

/** The marks on cards and groups: by name, the worst severity and how often it occurs. */
async function marked(page: Page): Promise<Record<string, string>> {
  return page.locator("[data-node]").evaluateAll((cards) => {
    const shown = cards.map((card) => {
      const mark = card.querySelector<HTMLElement>(".mark:not([hidden])");
      return [card.querySelector(".node-name")?.textContent ?? "", mark && `${mark.dataset.severity} ${mark.textContent}`];
    });
    return Object.fromEntries(shown.filter(([, mark]) => mark)) as Record<string, string>;
  });
}

/** The marks of cards say what the list says of them. */
export async function marksAgree(page: Page): Promise<void> {
  await expect(async () => {
    const wanted: Record<string, string> = {};
    const nodes = await page.locator("[data-node] .node-name").allTextContents();
    const all = await listed(page);
    for (const name of nodes) {
      const own = all.filter((problem) => problem.where === name);
      const worst = ["error", "warning", "hint"].find((one) => own.some((problem) => problem.severity === one));
      if (worst) wanted[name] = `${worst} ${own.filter((problem) => problem.severity === worst).length}`;
    }
    expect(await marked(page)).toEqual(wanted);
  }).toPass();
}
