// The shell of the page: where it can lie, what it may do, and that it does without a network.

import { expect, test } from "@playwright/test";
import { complaints, open, ready } from "../support/page";
import { serveDist } from "../support/static";

test("starts in a sub-folder without a complaint", async ({ page }) => {
  const found = complaints(page);
  await open(page);
  expect(new URL(page.url()).pathname).not.toBe("/");
  expect(found).toEqual([]);
});

test("asks no other host for anything", async ({ page, baseURL }) => {
  const hosts = new Set<string>();
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http")) hosts.add(url.host);
  });
  await open(page);
  expect([...hosts]).toEqual([new URL(baseURL ?? "").host]);
});

test("its policy forbids inline scripts and styles, eval and other hosts", async ({ page }) => {
  await open(page);
  const stopped = await page.evaluate(async () => {
    const broken: string[] = [];
    const connection = new Promise<void>((done) => {
      document.addEventListener("securitypolicyviolation", (event) => {
        broken.push(`${event.effectiveDirective} ${event.blockedURI}`);
        if (event.effectiveDirective === "connect-src") done();
      });
    });
    const script = document.createElement("script");
    script.textContent = "document.title = 'hurt'";
    document.head.append(script);
    const style = document.createElement("style");
    style.textContent = "body { display: none }";
    document.head.append(style);
    document.body.setAttribute("style", "opacity: 0");
    // In a task of its own: what the debugger itself evaluates is let through.
    await new Promise<void>((done) => {
      setTimeout(() => {
        try {
          new Function("document.title = 'hurt'")();
        } catch {
          broken.push("function refused");
        }
        done();
      });
    });
    await fetch("https://example.com/").catch(() => broken.push("fetch refused"));
    await connection;
    const here = { title: document.title, opacity: getComputedStyle(document.body).opacity };
    return { broken, here };
  });
  expect(stopped.here.title).not.toBe("hurt");
  expect(stopped.here.opacity).toBe("1");
  expect(stopped.broken).toEqual(
    expect.arrayContaining([
      "script-src-elem inline",
      "style-src-elem inline",
      "style-src-attr inline",
      "function refused",
      "connect-src https://example.com/",
      "fetch refused",
    ]),
  );
});

test("opens again with the server gone, once it was loaded", async ({ page }) => {
  const server = await serveDist("/a/b/");
  await open(page, server.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await server.stop();

  await page.reload();
  await ready(page);
  await page.goto(`${server.url}index.html?again`);
  await ready(page);
});

test("a new build replaces what was kept of the old one", async ({ page }) => {
  const server = await serveDist("/");
  await open(page, server.url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    await caches.open("somebody else's");
  });
  const before = await page.evaluate(() => caches.keys());

  server.change("sw.js", (text) => text.replace(/VERSION = "\w+"/, 'VERSION = "next"'));
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());

  const after = [`trazo ${server.url} next`, "somebody else's"];
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(expect.arrayContaining(after));
  await expect.poll(() => page.evaluate(() => caches.keys())).toHaveLength(2);
  expect(before).toHaveLength(2);
  expect(before).not.toEqual(expect.arrayContaining(after));

  await server.stop();
  await page.reload();
  await ready(page);
});

test("the schema of the manifest lies beside the page", async ({ page, baseURL }) => {
  const answer = await page.request.get(new URL("schema/trazo-1.schema.json", baseURL).href);
  expect(answer.ok()).toBe(true);
  expect((await answer.json()).title).toBe("Trazo");
});

test("the chosen theme is there before the application is", async ({ page }) => {
  // The module never arrives: what is seen is the work of the shell alone.
  await page.route("**/*.wasm", () => {});
  await page.addInitScript(() => localStorage.setItem("trazo.theme", "dark"));
  await page.goto("./", { waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
});

for (const [locale, sentence] of [
  ["es-ES", "Trazo no ha podido arrancar."],
  ["en-GB", "Trazo could not start."],
] as const) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("says it when the application cannot start", async ({ page }) => {
      await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
      await page.goto("./");
      const words = page.locator("#cannot-start p:visible");
      await expect(words).toHaveCount(1);
      await expect(words).toContainText(sentence);
    });
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("says what is needed in both languages", async ({ page }) => {
    await page.goto("./");
    const words = page.locator("noscript p");
    await expect(words.filter({ hasText: "necesita JavaScript" })).toBeVisible();
    await expect(words.filter({ hasText: "needs JavaScript" })).toBeVisible();
  });
});
