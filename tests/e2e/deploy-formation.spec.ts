// From the page into an account and out again by CloudFormation, against ministack behind the gate.

import { expect, type Page, test } from "@playwright/test";
import { button, connect, create, ends, engine, mark, openToDeploy, operation, prepare, remove, slowly, step, unfold, withoutScaling } from "../support/deploy";
import { inspector, pick } from "../support/editor";
import { type Emulator, emulator } from "../support/emulators";
import * as fields from "../support/fields";

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

/** What was asked for that changes something. */
async function changed(): Promise<string[]> {
  const reads = /^(Describe|Get|List|Validate)/;
  return (await aws.log()).flatMap(({ operation }) => (operation && !reads.test(operation) ? [operation] : []));
}

test("from pasted credentials to what is up, changed, and gone without a trace", async ({ page }) => {
  await openToDeploy(page, withoutScaling("web-publica"));
  await connect(page, aws);
  await page.getByRole("button", { name: "Ver el plan" }).click();

  const plan = step(page, "plan");
  await expect(plan).toContainText("0000-0000-0000");
  await expect(plan).toContainText(/trazo-web-publica-\w+/);
  await expect(plan.getByRole("combobox", { name: /^VPC/ })).toHaveValue(/^vpc-/);
  await expect(plan.getByRole("group", { name: /^Subredes/ }).getByRole("checkbox", { checked: true })).toHaveCount(2);
  await plan.locator("[data-section=requests] > summary").click();
  await plan.getByText("cloudformation CreateChangeSet").click();
  await expect(plan.getByText(/aws cloudformation create-change-set[\\\s]+--region us-east-1/)).toBeVisible();
  expect(await changed()).toEqual([]);

  const changes = await prepare(page, "Preparar la creación");
  const rows = await changes.locator("[data-action=Add]").count();
  expect(rows).toBeGreaterThan(8);
  await expect(changes.locator("[data-action]")).toHaveCount(rows);
  expect(await changed()).toEqual(["CreateChangeSet"]);
  await button(page, "Crear ahora").click();
  await ends(page, "CREATE_COMPLETE");
  await expect(engine(page)).toContainText("Todo está creado");
  await expect(operation(page).locator("dl a")).toHaveAttribute("href", /^https:\/\/web-alb-/);
  for (const id of ["alb1", "cluster1", "service1", "task1"]) await expect(mark(page, id)).toHaveAttribute("data-deploy", "done");
  await expect(mark(page, "users1")).not.toHaveAttribute("data-deploy");

  // What was created is not made again by who presses a button again.
  await button(page, "Preparar los cambios").click();
  await expect(engine(page)).toContainText("No hay nada que cambiar");

  // Another number of tasks.
  await pick(page, "service1");
  const count = page.locator("[data-panel=inspector]").getByRole("spinbutton", { name: /^Tareas/ });
  await count.fill("3");
  await count.press("Enter");
  const update = await prepare(page, "Preparar los cambios");
  await expect(update.locator("[data-action]")).toHaveCount(1);
  // What was prepared is said to be old as long as something else is drawn.
  const old = page.getByTestId("old-changes");
  await expect(old).toHaveCount(0);
  await count.fill("4");
  await count.press("Enter");
  await expect(old).toContainText("ha cambiado desde que se prepararon");
  await count.fill("3");
  await count.press("Enter");
  await expect(old).toHaveCount(0);
  const one = update.locator("[data-action=Change]");
  await one.locator("summary").click();
  await expect(one).toContainText("DesiredCount");
  await one.locator(".deploy-properties").getByRole("button", { name: /web/ }).click();
  await expect(page.locator("[data-node=service1]")).toHaveAttribute("data-selected", "");
  await button(page, "Aplicar los cambios").click();
  await ends(page, "UPDATE_COMPLETE");

  await remove(page);
  await ends(page, "DELETE_COMPLETE");
  await expect(page.getByTestId("leftovers")).toHaveAttribute("data-clean", "true");
  await expect(mark(page, "service1")).not.toHaveAttribute("data-deploy");
  expect(await aws.left()).toEqual([]);
});

test("a change that replaces things says so before it is made, with what is lost, and is made", async ({ page }) => {
  await openToDeploy(page, withoutScaling("web-publica"));
  await connect(page, aws);
  await create(page);
  await pick(page, "task1");
  const at = "containers.0";
  await fields.type(page, `${at}.ports.0.containerPort`, "8080");
  await fields.unfold(page, "environment", at);
  await fields.add(page, `${at}.environment`);
  await fields.type(page, `${at}.environment.0.name`, "MONEDA");
  await fields.type(page, `${at}.environment.0.value`, "EUR");
  await page.keyboard.press("Tab");
  await pick(page, "alb1");
  await inspector(page).getByRole("button", { name: "Abrir el enlace con web" }).click();
  await fields.type(page, "containerPort", "8080");
  await page.keyboard.press("Tab");

  const changes = await prepare(page, "Preparar los cambios");
  const row = (type: string) => changes.locator("[data-action]", { hasText: type });
  const task = row("AWS::ECS::TaskDefinition");
  await expect(task).toHaveAttribute("data-action", "Replace");
  await task.locator("summary").click();
  await expect(task.locator(".deploy-properties")).toContainText("ContainerDefinitions");
  await expect(task.locator(".deploy-properties")).toContainText("obliga a sustituir");
  // The targets go with their group, which a person has to know before it is done.
  const group = row("AWS::ElasticLoadBalancingV2::TargetGroup");
  await expect(group).toHaveAttribute("data-action", "Replace");
  await expect(group.locator(".deploy-loss")).not.toBeEmpty();
  await expect(row("AWS::ECS::Service")).toHaveAttribute("data-action", "Change");
  await expect(changes.getByText("Algo se sustituye o se borra")).toBeVisible();
  expect((await changed()).filter((operation) => operation.startsWith("Execute"))).toHaveLength(1);

  await button(page, "Aplicar los cambios").click();
  await ends(page, "UPDATE_COMPLETE");
  await expect(engine(page)).toContainText("Los cambios están hechos");
  for (const id of ["alb1", "service1", "task1"]) await expect(mark(page, id)).toHaveAttribute("data-deploy", "done");
  await button(page, "Preparar los cambios").click();
  await expect(engine(page)).toContainText("No hay nada que cambiar");
  // What AWS has now is what is drawn, and the old is gone.
  await button(page, "Buscar desviaciones").click();
  await expect(page.getByTestId("drift")).toContainText("Todo está igual");
  expect((await aws.left()).filter((line) => line.startsWith("AWS::ElasticLoadBalancingV2::TargetGroup"))).toHaveLength(1);
  await remove(page);
  await ends(page, "DELETE_COMPLETE");
  expect(await aws.left()).toEqual([]);
});

test("what goes on is shown on the canvas and in the list as AWS tells it, and a reload finds it again", async ({ page }) => {
  const events = await slowly(page);
  await openToDeploy(page, withoutScaling("lambda-y-ecs"));
  await connect(page, aws);
  await prepare(page, "Preparar la creación");
  await button(page, "Crear ahora").click();
  await expect(operation(page)).toHaveAttribute("data-status", "CREATE_IN_PROGRESS");
  for (const id of ["alb1", "service1", "task1"]) await expect(mark(page, id)).toHaveAttribute("data-deploy", "pending");
  events.more(12);
  await expect(operation(page).locator("[data-state=Done]").first()).toBeVisible();
  await expect(operation(page).locator("[data-state=Pending]").first()).toBeVisible();
  await expect(page.locator("[data-node][data-deploy=done]").first()).toBeVisible();
  await expect(page.locator("[data-node][data-deploy=pending], [data-node][data-deploy=busy]")).not.toHaveCount(0);
  events.all();
  await ends(page, "CREATE_COMPLETE");
  for (const id of ["api1", "alb1", "service1", "fn1", "role1"]) await expect(mark(page, id)).toHaveAttribute("data-deploy", "done");
  await expect.poll(() => page.locator("[data-link][data-deploy=done]").count()).toBeGreaterThan(1);
  const asked = (await changed()).length;

  await page.reload();
  await expect(page.locator("[data-node]").first()).toBeVisible();
  await page.getByRole("tab", { name: "Despliegue" }).click();
  // Credentials are nowhere, so they are pasted anew; and what is there is found by itself.
  await connect(page, aws);
  await unfold(page, "create");
  await expect(engine(page).getByRole("button", { name: "Preparar los cambios" })).toBeVisible();
  expect((await changed()).length).toBe(asked);
});

test("what AWS refuses is told at its element and among the problems, and is rolled back", async ({ page }) => {
  // ministack knows no addresses of a VPC, so that a part of this one fails.
  const manifest = withoutScaling("https-privada");
  await openToDeploy(page, manifest);
  await connect(page, aws);
  await prepare(page, "Preparar la creación");
  await button(page, "Crear ahora").click();
  await ends(page, "ROLLBACK_COMPLETE");
  await expect(engine(page)).toContainText("No se pudo crear");
  await expect(engine(page).locator(".deploy-causes")).toContainText("CidrBlock does not exist");
  await expect(mark(page, "vpc1")).toHaveAttribute("data-deploy", "failed");
  await page.getByRole("tab", { name: /^Problemas/ }).click();
  const refused = page.locator("[data-refused]");
  await expect(refused).toHaveCount(1);
  await expect(refused).toContainText("CidrBlock does not exist");
  await refused.getByRole("button").first().click();
  await expect(page.locator("[data-node=vpc1]")).toHaveAttribute("data-selected", "");
  await page.getByRole("tab", { name: "Despliegue" }).click();
  // A stack whose creation failed can only be taken away.
  await expect(button(page, "Preparar los cambios")).toHaveCount(0);
  await remove(page);
  await ends(page, "DELETE_COMPLETE");
  await expect(page.getByTestId("leftovers")).toHaveAttribute("data-clean", "true");
  expect(await aws.left()).toEqual([]);
});

test("a second press, and a second tab, make nothing twice", async ({ page, context }) => {
  await openToDeploy(page, withoutScaling("web-publica"));
  await connect(page, aws);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.locator("[data-node]").first()).toBeVisible();
  await other.getByRole("button", { name: "Desplegar", exact: true }).click();
  await connect(other, aws);
  await Promise.all([page, other].map((one) => prepare(one, "Preparar la creación")));
  await Promise.all([page, other].map((one) => button(one, "Crear ahora").dblclick()));
  await ends(page, "CREATE_COMPLETE");
  await expect(other.getByTestId("formation")).toContainText(/Todo está creado|Creada/, { timeout: 90_000 });
  const clusters = (await aws.left()).filter((line) => line.includes("AWS::ECS::Cluster"));
  expect(clusters).toHaveLength(1);
  await other.close();
  await remove(page);
  await ends(page, "DELETE_COMPLETE");
  expect(await aws.left()).toEqual([]);
});

test("what somebody changed outside is shown at its element", async ({ page }) => {
  await openToDeploy(page, withoutScaling("web-publica"));
  await connect(page, aws);
  await create(page);
  await button(page, "Buscar desviaciones").click();
  await expect(page.getByTestId("drift")).toContainText("Todo está igual");
  await aws.tamper();
  await button(page, "Buscar desviaciones").click();
  const drift = page.getByTestId("drift");
  await expect(drift.locator("[data-drift]")).toHaveCount(1);
  await expect(drift).toContainText("RetentionInDays");
  await expect(drift.locator(".after")).toHaveText("400");
  await expect(mark(page, "task1")).toHaveAttribute("data-deploy", "drifted");
  await expect(mark(page, "service1")).toHaveAttribute("data-deploy", "done");
});

for (const key of ["azul-verde", "imagen-propia", "learner-lab", "spot-programado", "tienda-virtual"]) {
  test(`the template ${key} comes up and goes away from the page`, async ({ page }) => {
    await openToDeploy(page, withoutScaling(key));
    await connect(page, aws);
    await create(page);
    await expect(engine(page).locator("dl dd").first()).not.toBeEmpty();
    await remove(page);
    await ends(page, "DELETE_COMPLETE");
    await expect(page.getByTestId("leftovers")).toHaveAttribute("data-clean", "true");
    expect(await aws.left()).toEqual([]);
  });
}
