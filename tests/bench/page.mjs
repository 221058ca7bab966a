// A browser that has never run before, and what its main thread has done.

import { chromium } from "@playwright/test";

export const URL_OF_PAGE = process.env.TRAZO_URL;

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Runs `work` in a browser that has never run before. */
export async function fresh(work) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ARGUMENTS,
  });
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: "es-ES",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    return await work(page, await context.newCDPSession(page));
  } finally {
    await browser.close();
  }
}

export const isReady = () => document.documentElement.dataset.ready === "true";

/** Seconds that the main thread has worked so far. */
export async function worked(devtools) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value;
}
