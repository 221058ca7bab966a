import { defineConfig } from "@playwright/test";

// `cargo xtask test` serves the bundle itself and names its address here; `npx playwright test`
// by hand lets Playwright start the same server.
const given = process.env.TRAZO_URL;
const own = "http://127.0.0.1:4173/curso/trazo/";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  snapshotPathTemplate: "e2e/expected/{testFileName}/{arg}{ext}",
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Bounds for a machine that has much else to do: what is right ends as soon as it is there.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    baseURL: given ?? own,
    viewport: { width: 1440, height: 900 },
    locale: "es-ES",
    colorScheme: "light",
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // Nothing but the page itself may go to the network or ask for anything.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: given
    ? undefined
    : {
        command: "cargo xtask serve --port 4173 --under /curso/trazo/",
        url: own,
        reuseExistingServer: true,
      },
});
