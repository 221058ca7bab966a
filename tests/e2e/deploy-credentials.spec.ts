// Credentials are understood in the forms in which people get them, and rest nowhere.

import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { button, connect, create, ends, engine, openToDeploy, remove, step, unfold, withoutScaling } from "../support/deploy";
import { emulator } from "../support/emulators";
import { open } from "../support/page";

const ID = "ASIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEY9";
const TOKEN = `IQoJb3JpZ2luX2VjE${"Zx9".repeat(80)}`;

const FORMS: Record<string, string> = {
  "the block of a Learner Lab": `[default]\naws_access_key_id=${ID}\naws_secret_access_key=${SECRET}\naws_session_token=${TOKEN}\n`,
  "lines for a shell": `export AWS_ACCESS_KEY_ID="${ID}"\r\nexport AWS_SECRET_ACCESS_KEY="${SECRET}"\r\nexport AWS_SESSION_TOKEN="${TOKEN}"\r\n`,
  "JSON of the AWS CLI": JSON.stringify({
    Version: 1,
    AccessKeyId: ID,
    SecretAccessKey: SECRET,
    SessionToken: TOKEN,
    Expiration: "2099-01-01T00:00:00Z",
  }),
};

test.use({ locale: "es-ES", serviceWorkers: "block" });

async function place(page: Page): Promise<void> {
  // Nobody answers in AWS's place here.
  await page.route(/amazonaws\.com/, (route) => route.abort());
  await open(page, "./#/new?template=tienda-virtual");
  await page.getByRole("button", { name: "Desplegar", exact: true }).click();
  await expect(page.getByLabel(/^Pega aquí tus credenciales/)).toBeVisible();
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel(/^Pega aquí tus credenciales/).fill(text);
  await expect(page.getByTestId("deploy-known")).toContainText("ASIA…MPLE");
}

/** Where a secret could rest in a browser. */
async function everywhere(page: Page): Promise<string> {
  const inside = await page.evaluate(async () => {
    const found = [document.documentElement.outerHTML, location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const field of document.querySelectorAll<HTMLInputElement>("input, textarea")) found.push(field.value);
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, fail) => {
        const request = indexedDB.open(name ?? "");
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
      for (const store of database.objectStoreNames) {
        const rows = await new Promise((done) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => done(request.result);
        });
        found.push(JSON.stringify(rows));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        found.push(request.url);
        const kind = (await cache.match(request))?.headers.get("content-type") ?? "";
        if (/json|text/.test(kind)) found.push(await ((await cache.match(request))?.text() ?? ""));
      }
    }
    for (const entry of performance.getEntries()) found.push(entry.name);
    found.push(JSON.stringify(history.state), window.name, document.cookie);
    return found.join("\n");
  });
  const cookies = await page.context().storageState();
  return inside + JSON.stringify(cookies);
}

for (const [form, text] of Object.entries(FORMS)) {
  test(`${form} is understood, and the field is emptied`, async ({ page }) => {
    await place(page);
    await paste(page, text);
    await expect(page.getByLabel(/^Pega aquí tus credenciales/)).toHaveCount(0);
  });
}

test("what is missing is said", async ({ page }) => {
  await place(page);
  await page.getByLabel(/^Pega aquí tus credenciales/).fill(`aws_access_key_id=${ID}`);
  await expect(page.getByText("Falta la clave secreta")).toBeVisible();
});

test("a key without an end is used only after a warning", async ({ page }) => {
  await place(page);
  const key = "AKIAIOSFODNN7EXAMPLE";
  await page.getByLabel(/^Pega aquí tus credenciales/).fill(`aws_access_key_id=${key}\naws_secret_access_key=${SECRET}`);
  await expect(page.getByText(/no caduca nunca/)).toBeVisible();
  await page.getByRole("button", { name: "Usar de todos modos" }).click();
  await expect(page.getByTestId("deploy-known")).toContainText("AKIA…MPLE");
});

test("the secret is in no storage, address, message or element, and goes when one says so", async ({ page }) => {
  const logged: string[] = [];
  page.on("console", (message) => logged.push(message.text()));
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await place(page);
  await paste(page, FORMS["the block of a Learner Lab"] ?? "");
  for (const secret of [SECRET, TOKEN]) {
    expect(await everywhere(page)).not.toContain(secret);
    expect(logged.join("\n")).not.toContain(secret);
    expect(asked.join("\n")).not.toContain(secret);
  }
  await page.getByRole("button", { name: "Olvidar credenciales" }).click();
  await expect(page.getByTestId("deploy-who")).toContainText("Credenciales borradas de esta pestaña");
  await expect(page.getByLabel(/^Pega aquí tus credenciales/)).toHaveValue("");
  await page.reload();
  await expect(page.locator("[data-node]").first()).toBeVisible();
  expect(await everywhere(page)).not.toContain(ID);
});

test("the plan shows resources, cost, permissions and each request before anything is sent", async ({ page }) => {
  await place(page);
  await page.getByRole("button", { name: /^Plan/ }).click();
  const plan = page.locator("[data-step=plan]");
  await expect(plan).toContainText("USD al mes");
  await plan.locator("[data-section=resources] > summary").click();
  await expect(plan.getByText("AWS::ECS::Cluster")).toBeVisible();
  await plan.locator("[data-section=policy] > summary").click();
  await expect(plan.getByText('"Version": "2012-10-17"').first()).toBeVisible();
});

test("after a whole session the secret is nowhere: not in what was sent, kept, written to files, nor told in a crash", async ({ page }) => {
  test.setTimeout(480_000);
  const aws = await emulator("ministack");
  const told: string[] = [];
  page.on("console", (message) => told.push(message.text()));
  page.on("pageerror", (error) => told.push(`${error.message} ${error.stack}`));
  page.on("request", (request) => {
    // The token is a header of every signed request; the secret is in none, and neither is in an address or a body.
    const { "x-amz-security-token": _, ...headers } = request.headers();
    told.push(request.url(), request.postData() ?? "", JSON.stringify(headers));
  });
  await page.route(/amazonaws\.com/, (route) => route.abort());
  await openToDeploy(page, withoutScaling("web-publica"), "./?panic");
  await connect(page, aws);
  await create(page);
  await button(page, "Buscar desviaciones").click();
  await expect(page.getByTestId("drift")).toBeVisible({ timeout: 60_000 });
  await unfold(page, "running");
  await step(page, "running").getByRole("button", { name: "Enviar" }).click();
  await expect(step(page, "running").getByRole("alert")).toBeVisible();
  await unfold(page, "plan");
  for (const section of await step(page, "plan").locator(".deploy-section > summary").all()) await section.click();
  for (const request of await step(page, "plan").locator(".deploy-requests summary").all()) await request.click();
  await unfold(page, "create");
  await button(page, "Preparar los cambios").click();
  await expect(engine(page)).toContainText("No hay nada que cambiar");

  await page.getByRole("tab", { name: "Archivos" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Descargar todo (ZIP)" }).click(),
  ]);
  // Nothing in it is compressed.
  const archive = readFileSync(await download.path()).toString("latin1");
  expect(archive).toContain("web-publica");
  await page.getByRole("tab", { name: "Despliegue" }).click();
  const nowhere = async (when: string) => {
    const all = [await everywhere(page), told.join("\n"), archive].join("\n");
    for (const secret of [aws.secretAccessKey, aws.sessionToken]) {
      expect(all.includes(secret), when).toBe(false);
      expect(all.includes(encodeURIComponent(secret)), when).toBe(false);
      expect(all.includes(btoa(secret)), when).toBe(false);
    }
  };
  await nowhere("at work");
  await unfold(page, "create");
  await remove(page);
  await ends(page, "DELETE_COMPLETE");
  await nowhere("in the end");
  await page.evaluate(() => window.dispatchEvent(new CustomEvent("trazo:test-panic")));
  await expect(page.locator("pre")).toContainText("panicked");
  await nowhere("in a crash");
  await aws.stop();
});
