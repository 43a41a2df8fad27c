import { createInterface } from "node:readline";
import { send, spawn } from "#runtime";
import { client, type Shown } from "./client.ts";
import { chatProgram, dispatcherProgram, FRONT } from "./programs.ts";
import { runNode } from "./run-node.ts";

const DEFAULT_PORT = 9528;

export const USAGE = `Each of these in a terminal of its own:
  npm run chapter 09 -- dispatcher [PORT]
  npm run chapter 09 -- chat NUMBER
  npm run chapter 09 -- client ROOM [PORT]`;

const print = (line: string) => console.log(line);

/** Plays one of the parts that need a process of their own. */
export async function play(role: string, rest: string[]): Promise<void> {
  switch (role) {
    case "dispatcher": {
      const port = portOf(rest[0], 0);
      if (port === undefined) return;
      return serve(FRONT, dispatcherProgram(port, print, complain));
    }
    case "chat": {
      const [number = "1"] = rest;
      if (!/^\d{1,3}$/.test(number)) {
        return complain(`"${number}" is no number for a chat node.\n${USAGE}`);
      }
      return serve(`chat${number}@127.0.0.1`, chatProgram(print, complain));
    }
    case "client": {
      const [room = "tea"] = rest;
      const port = portOf(rest[1], 1);
      if (port !== undefined) talk(room, port);
      return;
    }
    default:
      return complain(`There is no "${role}" here.\n${USAGE}`);
  }
}

/** Only who listens can leave the choice to the machine, with port 0. */
function portOf(asked = `${DEFAULT_PORT}`, least: 0 | 1) {
  const port = Number(asked);
  if (Number.isInteger(port) && port >= least && port <= 65_535) return port;
  const rule = `a port is a number from ${least} to 65535.`;
  complain(`"${asked}" is no port: ${rule}\n${USAGE}`);
  return undefined;
}

async function serve(...[name, program]: Parameters<typeof runNode>) {
  const kill = process.platform === "win32" ? "taskkill /F /PID" : "kill -9";
  print(`Ctrl+C stops this program, and ${kill} ${process.pid} kills it.`);
  try {
    await runNode(name, program);
  } catch (error) {
    complain((error as Error).message);
  }
  process.exit();
}

function complain(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

/** Lines from the keyboard to the room, lines from the room to the screen. */
function talk(room: string, door: number): void {
  const show = (shown: Shown) => print(inWords(shown));
  const guest = spawn(client, { room, door, show });
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    if (line === "/quit") lines.close();
    else if (line !== "") send(guest, ["say", line]);
  });
  lines.on("close", () => send(guest, "quit"));
}

export function inWords(shown: Shown): string {
  switch (shown[0]) {
    case "joined":
      return `You are in ${shown[1]}, on port ${shown[2]}. Type a line and press Enter; /quit leaves.`;
    case "heard":
      // What comes from others must not move the cursor.
      return shown[1].replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, " ");
    case "left":
      return `The node with ${shown[1]} has gone. Asking the dispatcher again.`;
    case "unsent":
      return `Not sent, the connection is broken: ${shown[1]}`;
    case "waiting":
      return `Not in yet: ${shown[1]}. Next try in ${shown[2] / 1_000} s.`;
  }
}
