import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { answer } from "./answer.ts";
import { isProgram } from "./is-program.ts";
import { liveSite } from "./live-site.ts";

export interface ServeOptions {
  /** 0 takes any free port; a taken one is replaced by the next free one. */
  readonly port?: number;
  readonly host?: string;
  /** The repository to show. */
  readonly root?: string;
  /** Where messages for the terminal go. */
  readonly log?: (line: string) => void;
}

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the book and reloads pages when what they show changes. A mistake in
 * a page is shown on it and in the terminal; the server outlives it.
 */
export async function serve(options: ServeOptions = {}): Promise<Served> {
  const { port = 4321, host = "127.0.0.1", log = console.error } = options;
  const root = options.root ?? fileURLToPath(new URL("..", import.meta.url));
  const listeners = new Set<ServerResponse>();
  const live = await liveSite(root, log, (event) => {
    for (const listener of listeners) {
      listener.write(`data: ${JSON.stringify(event)}\n\n`);
    }
  });
  const server = createServer((request, response) => {
    const [path, since] = (request.url ?? "").split("?since=");
    if (path === "/@events" && request.method === "GET") {
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
      });
      // A save may come between a page and its first look at the events.
      const missed = JSON.stringify(live.missedSince(Number(since)));
      response.write(`retry: 300\ndata: ${missed}\n\n`);
      listeners.add(response);
      response.on("close", () => listeners.delete(response));
      return;
    }
    answer(request, response, live.site(), live.revision());
  });
  const taken = await listen(server, port, host);
  if (port !== 0 && taken !== port) {
    log(`Port ${port} is taken; the site uses ${taken} instead.`);
  }
  return {
    url: `http://${host}:${taken}/`,
    async close() {
      for (const listener of listeners) listener.end();
      server.closeAllConnections();
      await Promise.all([
        live.close(),
        new Promise((resolve) => server.close(resolve)),
      ]);
    },
  };
}

/** How many of the next ports are tried before any that is free will do. */
const PORTS_TRIED = 100;

async function listen(
  server: Server,
  port: number,
  host: string,
): Promise<number> {
  for (let next = port; ; ) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>(
      (resolve) => {
        server.once("error", resolve);
        server.listen(next, host, () => {
          server.off("error", resolve);
          resolve(undefined);
        });
      },
    );
    if (!error) return (server.address() as AddressInfo).port;
    // Windows keeps whole ranges of ports to itself, and says EACCES.
    const isTaken = error.code === "EADDRINUSE" || error.code === "EACCES";
    if (!isTaken || next === 0) throw error;
    next = next < port + PORTS_TRIED ? next + 1 : 0;
  }
}

if (isProgram(import.meta.url)) {
  const { url } = await serve();
  console.log(`Site: ${url}`);
}
