// Fingers on the canvas, by the browser's own protocol: Playwright's touchscreen only taps.

import type { Page } from "@playwright/test";
import type { Place } from "./editor";

/** Moves two fingers from where they are first to where they are last. */
export async function twoFingers(page: Page, from: [Place, Place], to: [Place, Place]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const STEPS = 6;
  const at = (part: number) =>
    from.map((start, id) => ({
      x: start.x + (to[id].x - start.x) * part,
      y: start.y + (to[id].y - start.y) * part,
      id,
    }));
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number; id: number }[]) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints });
  await send("touchStart", at(0));
  for (let step = 1; step <= STEPS; step++) await send("touchMove", at(step / STEPS));
  await send("touchEnd", []);
  await client.detach();
}
