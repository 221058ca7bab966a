// What is up, as the page shows it: the service, its tasks and targets, its lines, and a console for its API. Against ministack
// behind the gate; what it does not know of (tasks of a service) is answered in AWS's words.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { connect, create, openToDeploy, step, unfold, withoutScaling } from "../support/deploy";
import { type Emulator, emulator } from "../support/emulators";

test.use({ serviceWorkers: "block" });
// One account for all of them, one after the other; and the machine may be busy.
test.describe.configure({ mode: "default", timeout: 300_000 });

let aws: Emulator;
test.beforeAll(async () => {
  aws = await emulator("ministack");
});
test.afterAll(async () => aws.stop());
test.beforeEach(async () => aws.reset(true));
// What is still on its way when a test ends is no failure of it.
test.afterEach(async ({ page, context }) => {
  if (!page.isClosed()) await page.unrouteAll({ behavior: "ignoreErrors" });
  await context.unrouteAll({ behavior: "ignoreErrors" });
});

const TASK = "arn:aws:ecs:us-east-1:000000000000:task/tienda-virtual/";

/** One task that runs, and one that has ended badly. */
async function withTasks(page: Page): Promise<void> {
  const container = { name: "catalogo", lastStatus: "RUNNING" };
  // Each look sees something new, so that all that is shown of it is shown anew.
  const seen = () => [
    { taskArn: `${TASK}aaaa1111bbbb`, lastStatus: "RUNNING", healthStatus: "HEALTHY", startedAt: Date.now() / 1000 - 90, containers: [container] },
    {
      taskArn: `${TASK}cccc2222dddd`,
      lastStatus: "STOPPED",
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      stoppedAt: Date.now() / 1000 - 300,
      containers: [{ ...container, lastStatus: "STOPPED", exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" }],
    },
  ];
  await page.route("**/*", async (route) => {
    const request = route.request();
    const operation = request.headers()["x-amz-target"]?.split(".").at(-1);
    const headers = { "access-control-allow-origin": "*", "content-type": "application/x-amz-json-1.1" };
    const tasks = seen();
    if (operation === "ListTasks") {
      const stopped = request.postDataJSON().desiredStatus === "STOPPED";
      return route.fulfill({ headers, json: { taskArns: [tasks[stopped ? 1 : 0]?.taskArn] } });
    }
    if (operation === "DescribeTasks") return route.fulfill({ headers, json: { tasks, failures: [] } });
    return route.fallback();
  });
}

/** A backend on this machine, which stands at the address of the API. */
async function behindTheApi(page: Page): Promise<{ server: Server; allow(pages: boolean): void }> {
  let allowed = true;
  const server = createServer((request, response) => {
    const allow = { "access-control-allow-origin": "*", "access-control-allow-headers": "*", "access-control-allow-methods": "*" };
    const headers = { "content-type": "application/json", ...(allowed ? allow : {}) };
    let body = "";
    request.on("data", (bytes: Buffer) => (body += bytes.toString()));
    request.on("end", () => {
      if (request.method === "OPTIONS") response.writeHead(204, headers).end();
      else if (request.url === "/no") response.writeHead(503, headers).end('{"message":"Service Unavailable"}');
      else response.writeHead(200, headers).end(JSON.stringify({ method: request.method, path: request.url, curso: request.headers["x-curso"], body }));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await page.route("**/*", async (route) => {
    const request = route.request();
    if (request.method() !== "POST" || !request.postData()?.includes("Action=DescribeStacks")) return route.fallback();
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/http:\/\/\w+\.execute-api\.localhost:\d+/g, url) });
  });
  return { server, allow: (pages) => void (allowed = pages) };
}

test("the service with its tasks, targets and lines; more tasks, and new ones", async ({ page }) => {
  await withTasks(page);
  await openToDeploy(page, withoutScaling("web-publica"));
  await connect(page, aws);
  await create(page);
  await aws.rouse();
  await page.getByRole("button", { name: "Ver en marcha" }).click();
  const running = step(page, "running");
  await expect(running.locator(".deploy-step-glance")).toContainText("2 de 2 tareas en marcha");
  const service = running.locator("[data-service]");
  await expect(service).toHaveCount(1);
  await expect(service).toContainText("aaaa1111bbbb");
  await expect(service).toContainText("OutOfMemoryError");
  await expect(service).toContainText("137");
  await expect(service).toContainText("172.31.0.10");

  await service.getByText(/^Registros de/).click();
  await expect(service.locator(".deploy-lines")).toContainText("POST /pedidos 201");

  const wanted = service.getByRole("spinbutton", { name: "Tareas" });
  await wanted.fill("3");
  // What one writes stays, and is what is asked for, however often it is looked at meanwhile.
  const looks = async () => (await aws.log()).filter(({ operation }) => operation === "DescribeServices").length;
  const before = await looks();
  await expect.poll(looks, { timeout: 60_000 }).toBeGreaterThan(before + 1);
  await expect(wanted).toHaveValue("3");
  await service.getByRole("button", { name: "Cambiar" }).click();
  await expect(service).toContainText("Pedido: 3 tareas", { timeout: 60_000 });
  await expect(running.locator(".deploy-step-glance")).toContainText("de 3 tareas", { timeout: 60_000 });
  await expect(wanted).toHaveValue("3");
  await service.getByRole("button", { name: "Desplegar tareas nuevas" }).click();
  await expect(service).toContainText("ECS cambia las tareas por otras nuevas");
  const updates = (await aws.log()).filter(({ operation }) => operation === "UpdateService");
  expect(updates.map(({ status }) => status)).toEqual([200, 200]);
});

test("the console sends what is written and shows the answer, or says why the browser may not read it", async ({ page }) => {
  const { server, allow } = await behindTheApi(page);
  await openToDeploy(page, withoutScaling("lambda-y-ecs"));
  await connect(page, aws);
  await create(page);
  await unfold(page, "running");
  const console = step(page, "running").locator(".deploy-console");
  await console.getByLabel("Ruta").fill("/catalogo/7?talla=m");
  await console.getByRole("button", { name: "Enviar" }).click();
  const reply = console.locator(".deploy-reply");
  await expect(reply).toHaveAttribute("data-status", "200");
  await expect(reply).toContainText('"path": "/catalogo/7?talla=m"');

  await console.getByLabel("Método").selectOption("POST");
  await console.locator("summary").filter({ hasText: "Cabeceras" }).click();
  await console.getByRole("textbox", { name: "Cabeceras" }).fill("x-curso: programacion distribuida");
  await console.getByRole("textbox", { name: "Cuerpo" }).fill('{"producto":7}');
  await console.getByLabel("Ruta").press("Enter");
  await expect(reply).toContainText('"method": "POST"');
  await expect(reply).toContainText("programacion distribuida");
  await expect(reply).toContainText("producto");
  await console.locator("summary").filter({ hasText: "curl" }).click();
  await expect(console).toContainText("--request POST");

  await console.getByLabel("Ruta").fill("/no");
  await console.getByRole("button", { name: "Enviar" }).click();
  await expect(reply).toHaveAttribute("data-status", "503");

  allow(false);
  await console.getByRole("button", { name: "Enviar" }).click();
  await expect(console.getByRole("alert")).toContainText("CORS");
  await console.getByRole("button", { name: "Ir al campo" }).click();
  await expect(page.locator("[data-node=api1]")).toHaveAttribute("data-selected", "");
  server.close();
});
