// The emulators' rig as the browser's tests use it.

import { expect, test } from "@playwright/test";
import { emulator, serveWithRelay } from "../support/emulators";

test("the rig of the emulators starts, goes wrong on purpose, looks into the account, and ends", async () => {
  const aws = await emulator("moto");
  await aws.faults([{ do: "refuse", why: "denied", times: 0 }]);
  await aws.settings({ clock: 5 });
  const preflight = (path: string) =>
    fetch(`${aws.url}${path}`, { method: "OPTIONS", headers: { origin: "https://curso.example" } });
  expect((await preflight("/restapis")).status).toBe(200);
  expect((await preflight("/v2/apis")).status).toBe(403);
  expect(await aws.left()).toEqual([]);
  const properties = { ClusterName: "tienda" };
  const template = JSON.stringify({ Resources: { Cluster: { Type: "AWS::ECS::Cluster", Properties: properties } } });
  expect(await aws.differences(template, "d-1")).toEqual(["Cluster: there is no AWS::ECS::Cluster"]);
  // A look into the account stands in no log.
  expect(await aws.log()).toHaveLength(2);
  await aws.reset(true);
  expect(await aws.log()).toEqual([]);
  const served = await serveWithRelay(aws);
  expect((await fetch(`${served.url}relay/hello`)).status).toBe(403);
  await served.stop();
  await aws.stop();
  await expect(fetch(aws.url)).rejects.toThrow();
});
