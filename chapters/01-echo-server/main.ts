import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Process, type Self, send, spawn } from "#runtime";
import {
  type ListenSocket,
  ok,
  type Result,
  SocketError,
  type TcpMessage,
} from "#runtime/net";
import { type FromKeyboard, terminal } from "./client.ts";
import { DEFAULT_PORT, server } from "./echo.ts";

const print = (line: string) => console.log(line);

/**
 * `npm run chapter 01 -- 9527` serves; `npm run chapter 01 -- client 9527`
 * talks to a server.
 */
export function main(args: string[]): void {
  const isClient = args[0] === "client";
  const asked = args[isClient ? 1 : 0];
  const port = asked === undefined ? DEFAULT_PORT : Number(asked);
  const lowest = isClient ? 1 : 0;
  if (!Number.isInteger(port) || port < lowest || port > 65_535) {
    complain(
      `"${asked}" is no port: a port is a number from ${lowest} to 65535. ` +
        `Try: npm run chapter 01 -- ${isClient ? "client " : ""}${DEFAULT_PORT}`,
    );
  } else if (isClient) talk(port);
  else spawn(server, port, print, announce);
}

function announce(result: Result<ListenSocket>): void {
  try {
    const { host, port } = ok(result);
    print(`The echo server listens on ${host}:${port}. Ctrl+C stops it.`);
    print(`Talk to it from another terminal with`);
    print(`  nc ${host} ${port}`);
    print(`  npm run chapter 01 -- client ${port}`);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    const isTaken = error.code === "eaddrinuse";
    const any = isTaken ? " A free one: npm run chapter 01 -- 0" : "";
    complain(error.message + any);
  }
}

function talk(port: number): void {
  const keyboard = createInterface({ input: process.stdin });
  const client = spawn(function* client(
    self: Self<TcpMessage | FromKeyboard>,
  ): Process {
    self.signal.addEventListener("abort", () => keyboard.close());
    try {
      return yield* terminal(self, port, print);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      complain(error.message);
    }
  });
  keyboard.on("line", (text) => send(client, ["line", text]));
  keyboard.on("close", () => send(client, "end"));
}

/** One line for the person at the terminal, and a failure for the shell. */
function complain(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2));
}
