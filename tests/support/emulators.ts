// Emulators of AWS behind their gate, and `trazo serve` with a way out that leads there. See tests/emulators/README.md.

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** How an emulator is spoken to. */
export interface Credentials {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** What goes wrong: see tests/emulators/faults.py. */
export interface Fault {
  do: "cut_before" | "cut_after" | "refuse" | "break_after" | "short" | "slow";
  why?: "expired" | "denied" | "throttled" | "unavailable" | "broken" | "quota" | "unknown";
  service?: string;
  operation?: string;
  changes?: boolean;
  /** The first time of each request, by all that it asks. */
  each?: boolean;
  skip?: number;
  times?: number;
  status?: number;
  retry_after?: number;
  seconds?: number;
}

/** A request that came to the gate. */
export interface Asked {
  service?: string;
  operation?: string | null;
  region?: string;
  path?: string;
  status?: number | null;
  why?: string;
  fault?: string;
  preflight?: string;
  answered?: boolean;
}

/** An emulator behind its gate. */
export interface Emulator extends Credentials {
  /** Base address for a custom endpoint. */
  url: string;
  /** The lines that a Learner Lab shows, for pasting. */
  pasted: string;
  /** From now on these faults, and no others. */
  faults(faults: Fault[]): Promise<void>;
  /** `clock`: seconds that AWS is ahead; `answers_v2`: whether preflights of HTTP APIs are answered. */
  settings(settings: { clock?: number; answers_v2?: boolean }): Promise<void>;
  /** What was asked so far, in order. */
  log(): Promise<Asked[]>;
  /** Forgets faults, settings and log; with `account`, empties the account. */
  reset(account?: boolean): Promise<void>;
  /** What lies in the account, one line a resource. */
  left(): Promise<string[]>;
  /** Lets the account look as if tasks ran: lines in each log group, a target in each target group. */
  rouse(): Promise<string[]>;
  /** Changes something in the account behind CloudFormation's back, and says what. */
  tamper(): Promise<string[]>;
  /** Differences between the account and a template that was deployed step by step, with these values for its parameters. */
  differences(template: string, deployment: string, parameters?: Record<string, string>): Promise<string[]>;
  stop(): Promise<void>;
}

/** The page served with its relay, whose way out leads to an emulator. */
export interface Served {
  url: string;
  /** What the relay told: method, host and status of each request. */
  told: string[];
  stop(): Promise<void>;
}

/** Starts an emulator with its gate. */
export async function emulator(which: "moto" | "ministack"): Promise<Emulator> {
  const { child, line } = await started(python(), [script("rig.py"), which]);
  const told = JSON.parse(line) as Credentials & { url: string; direct: string };
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await fetch(`${told.url}/_gate/${path}`, { method, body: text });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    ...told,
    pasted: [
      "[default]",
      `aws_access_key_id=${told.accessKeyId}`,
      `aws_secret_access_key=${told.secretAccessKey}`,
      `aws_session_token=${told.sessionToken}`,
    ].join("\n"),
    faults: async (faults) => void (await ask("POST", "faults", faults)),
    settings: async (settings) => void (await ask("POST", "settings", settings)),
    log: async () => (await ask("GET", "log")) as Asked[],
    reset: async (account = false) => void (await ask("POST", "reset", { account })),
    left: () => lines([script("nothing_left.py"), told.direct]),
    rouse: () => lines([script("lively.py"), told.direct]),
    tamper: () => lines([script("tamper.py"), told.direct]),
    differences: (template, deployment, parameters = {}) =>
      lines([script("readback.py"), told.direct, "-", deployment, JSON.stringify(parameters)], template),
    stop: () => ended(child),
  };
}

/** Serves dist/ with the relay; what it relays goes to this emulator. */
export async function serveWithRelay(emulator: Emulator, otherOrigin?: string): Promise<Served> {
  const program = process.env.TRAZO_STAND_IN ?? `${ROOT}target/debug/examples/stand_in`;
  const words = [`${ROOT}dist`, new URL(emulator.url).port, ...(otherOrigin ? [otherOrigin] : [])];
  const { child, line } = await started(program, words);
  const told: string[] = [];
  if (child.stderr) createInterface({ input: child.stderr }).on("line", (text) => told.push(text));
  return { url: line.trim(), told, stop: () => ended(child) };
}

function python(): string {
  return process.env.TRAZO_PYTHON ?? `${ROOT}target/tools/venv/bin/python`;
}

function script(name: string): string {
  return `${ROOT}tests/emulators/${name}`;
}

/** Starts a program and waits for its first line. */
async function started(program: string, words: string[]): Promise<{ child: ChildProcess; line: string }> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"], env });
  let wrong = "";
  child.stderr.on("data", (bytes: Buffer) => (wrong += bytes.toString()));
  const line = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).once("line", done);
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`${program} ended with ${code}: ${wrong}`)));
  });
  return { child, line };
}

/** Ends a program that was started here, and waits until it is gone. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  // The rig ends when its input does; the relay has no input to lose.
  child.stdin?.end();
  child.kill();
  await gone;
}

/** What a script writes, line by line. */
async function lines(words: string[], input = ""): Promise<string[]> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
  const child = spawn(python(), words, { stdio: ["pipe", "pipe", "inherit"], env });
  child.stdin.end(input);
  let text = "";
  child.stdout.on("data", (bytes: Buffer) => (text += bytes.toString()));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  if (code !== 0) throw new Error(`${words[0]} ended with ${code}: ${text}`);
  return text.split("\n").filter((line) => line !== "");
}
