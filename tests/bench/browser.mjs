// How soon the page takes input on a slow machine, and what a frame costs it with a thousand cards.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { edits } from "./edits.mjs";
import { fresh, isReady, URL_OF_PAGE, worked } from "./page.mjs";
import { keep, median, milliseconds, print } from "./table.mjs";
import { CARDS, HUB, thousand } from "./thousand.mjs";

const READY = { budget: 1300, throttling: 4, runs: 5 };
const FRAME = { budget: 6, events: 120, runs: 3 };
const ZOOM = 60;

/** What is opened first: the start page, or a design by its address, for which the editor has to be fetched too. */
const FIRST = { "the start page": "", "a design, nothing fetched before": "#/new?template=tienda-virtual" };

/** Milliseconds from the start of the navigation until the page takes input. */
function timeToReady(address) {
  return fresh(async (page, devtools) => {
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (document.documentElement?.dataset.ready !== "true") return;
        globalThis.readyAt = performance.now();
        observer.disconnect();
      }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });
    });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: READY.throttling });
    await page.goto(`${URL_OF_PAGE}${address}`);
    await page.waitForFunction(() => globalThis.readyAt);
    return page.evaluate(() => globalThis.readyAt);
  });
}

/** Milliseconds of the main thread for each of the events that `gesture` sends. */
async function costOf(devtools, gesture) {
  const mouse = (type, more) => devtools.send("Input.dispatchMouseEvent", { type, ...more });
  const { begin, event, end } = gesture(mouse);
  await begin?.();
  // The first event of a gesture builds what the others use; it is felt once, not in each frame.
  await event(0);
  const before = await worked(devtools);
  for (let index = 1; index <= FRAME.events; index++) await event(index);
  const after = await worked(devtools);
  await end?.();
  return ((after - before) * 1000) / FRAME.events;
}

/** A way round about a point, so that a gesture ends near where it began. */
const around = (point, radius, index) => ({
  x: point.x + radius * Math.sin((index / FRAME.events) * 2 * Math.PI),
  y: point.y + (radius / 2) * (1 - Math.cos((index / FRAME.events) * 2 * Math.PI)),
});

const GESTURES = {
  "pan, middle button": ({ empty }) => (mouse) => ({
    begin: () => mouse("mousePressed", { ...empty, button: "middle", buttons: 4, clickCount: 1 }),
    event: (index) => mouse("mouseMoved", { ...around(empty, 400, index), button: "middle", buttons: 4 }),
    end: () => mouse("mouseReleased", { ...empty, button: "middle", buttons: 0, clickCount: 1 }),
  }),
  "pan, wheel": ({ empty }) => (mouse) => ({
    event: (index) => mouse("mouseWheel", { ...empty, deltaX: 12, deltaY: index % 60 < 30 ? 8 : -8 }),
  }),
  "zoom, wheel with Ctrl": ({ empty }) => (mouse) => ({
    event: (index) =>
      mouse("mouseWheel", { ...empty, deltaX: 0, deltaY: index % 40 < 20 ? -10 : 10, modifiers: 2 }),
  }),
  "drag a card with ten links": ({ hub }) => (mouse) => ({
    begin: async () => {
      await mouse("mouseMoved", hub);
      await mouse("mousePressed", { ...hub, button: "left", buttons: 1, clickCount: 1 });
    },
    event: (index) => mouse("mouseMoved", { ...around(hub, 120, index), button: "left", buttons: 1 }),
    end: () => mouse("mouseReleased", { ...hub, button: "left", buttons: 0, clickCount: 1 }),
  }),
};

/** The middle of the hub's card, a point of the canvas where nothing is, and what is to be seen. */
async function places(page) {
  const box = await page.locator(`[data-node="${HUB}"]`).boundingBox();
  const hub = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  // Between two rows of cards, left of the middle column.
  const empty = { x: box.x + box.width / 2, y: box.y - box.height / 2 };
  const visible = await page.locator("[data-node]").evaluateAll(
    (cards) =>
      cards.filter((card) => {
        const { left, right, top, bottom } = card.getBoundingClientRect();
        const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return there?.closest("[data-node]") === card;
      }).length,
  );
  return { hub, empty, visible };
}

/** What each gesture costs, each in a browser of its own. */
async function frames(file) {
  const costs = {};
  for (const [name, gesture] of Object.entries(GESTURES)) {
    const runs = [];
    let visible = 0;
    for (let run = 0; run < FRAME.runs; run++) {
      await fresh(async (page, devtools) => {
        await page.goto(URL_OF_PAGE);
        await page.waitForFunction(isReady);
        await page.locator("input[type=file]").first().setInputFiles(file);
        await page.locator(`[data-node="${HUB}"]`).waitFor();
        const where = await places(page);
        visible = where.visible;
        await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
        runs.push(await costOf(devtools, gesture(where)));
      });
    }
    costs[name] = { milliseconds: median(runs), runs, visible };
  }
  return costs;
}

/** What the events alone cost, in a page that does nothing with them. */
function nothing() {
  return fresh(async (page, devtools) => {
    await page.goto("about:blank");
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    return costOf(devtools, GESTURES["pan, middle button"]({ empty: { x: 700, y: 300 } }));
  });
}

const folder = await mkdtemp(join(tmpdir(), "trazo-bench-"));
try {
  const file = join(folder, "thousand.trazo.json");
  await writeFile(file, JSON.stringify(thousand(ZOOM)));

  const ready = {};
  for (const [label, address] of Object.entries(FIRST)) {
    const runs = [];
    for (let run = 0; run < READY.runs; run++) runs.push(await timeToReady(address));
    ready[label] = { median: median(runs), runs };
  }
  const late = Object.values(ready).some((one) => one.median > READY.budget);
  print(
    `ready for input, ${READY.throttling}× throttled`,
    ["median", "slowest", "budget"],
    Object.entries(ready).map(([label, one]) => ({
      label,
      cells: [milliseconds(one.median, 0), milliseconds(Math.max(...one.runs), 0), milliseconds(READY.budget, 0)],
      over: one.median > READY.budget,
    })),
  );
  await keep("ready", { ready, budget: READY.budget });

  const idle = await nothing();
  const costs = await frames(file);
  const rows = Object.entries(costs).map(([label, cost]) => ({
    label: `${label} (${cost.visible} visible)`,
    cells: [
      milliseconds(cost.milliseconds),
      milliseconds(Math.max(...cost.runs)),
      milliseconds(FRAME.budget),
    ],
    over: cost.milliseconds > FRAME.budget,
  }));
  print(`main thread a frame, ${CARDS} cards`, ["median", "slowest", "budget"], [
    { label: "an empty page", cells: [milliseconds(idle), "", ""] },
    ...rows,
  ]);
  await keep("frames", { cards: CARDS, zoom: ZOOM, budget: FRAME.budget, empty: idle, costs });
  const kept = await edits(folder);
  process.exitCode = late || !kept || rows.some(({ over }) => over) ? 1 : 0;
} catch (error) {
  console.error(`\n  ${error.message}\n`);
  process.exitCode = 2;
} finally {
  await rm(folder, { recursive: true });
}
