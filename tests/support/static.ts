// A plain file server that a test can stop: as little as any host of static files does.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

export interface StaticServer {
  /** The address of the page. */
  url: string;
  /** Paths that were asked for, in order. */
  asked: string[];
  /** From now on, answers for a file of dist/ with what `change` makes of its text. */
  change(file: string, change: (text: string) => string): void;
  /** Closes the server and every connection to it. */
  stop(): Promise<void>;
}

/** Serves dist/ at `under` on a free port. */
export async function serveDist(under = "/"): Promise<StaticServer> {
  const asked: string[] = [];
  const changes = new Map<string, (text: string) => string>();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    asked.push(pathname);
    const inner = pathname.startsWith(under) ? pathname.slice(under.length) : "..";
    const file = normalize(join(DIST, inner === "" ? "index.html" : inner));
    const found = file.startsWith(DIST) && (await stat(file).catch(() => null))?.isFile();
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    const change = changes.get(file);
    if (change) response.end(change(await readFile(file, "utf8")));
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${under}`,
    asked,
    change: (file, change) => void changes.set(join(DIST, file), change),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
