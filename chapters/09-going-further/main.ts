import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createNode,
  type Node,
  type Process,
  realClock,
  type Self,
} from "#runtime";
import { dispatch } from "./dispatch.ts";
import { measure } from "./load.ts";
import { crash } from "./manager.ts";
import { PRICE } from "./passwords.ts";
import { play, USAGE } from "./roles.ts";
import { rooms } from "./rooms.ts";
import { sqliteStore } from "./sqlite-store.ts";
import { visit } from "./users.ts";

// npm run chapter 09: all of it. -- load: that part only. -- chat 1: a chat
// node in a process of its own.
type Part = (self: Self<never>) => Process;
const print = (line: string) => console.log(`  ${line}`);
const parts: Record<string, Part> = {
  rooms: (self) => rooms(self as never, print),
  dispatch: (self) => dispatch(self, print),
  manager: (self) => crash(self as never, print),
  users: visitUsers,
  load,
};

const ROLES = ["dispatcher", "chat", "client"];
const [wanted, ...rest] = process.argv.slice(2);
const names = Object.keys(parts).filter((name) => name === (wanted ?? name));
if (wanted !== undefined && ROLES.includes(wanted)) await play(wanted, rest);
else if (names.length === 0) {
  const list = Object.keys(parts).join(", ");
  console.error(
    `There is no "${wanted}" here. There are: ${list}.\nTry: npm run chapter 09 -- rooms\n${USAGE}`,
  );
  process.exitCode = 1;
} else {
  // Reports of the deaths that are played would stand between the lines.
  tell(createNode({ name: "front@127.0.0.1", logger: () => {} }), names);
}

function tell(node: Node, [name, ...rest]: string[]): void {
  const part = name === undefined ? undefined : parts[name];
  if (part === undefined) return;
  console.log(`\n${name}`);
  node.spawn(function* teller(self: Self<never>): Process {
    yield* part(self);
    tell(node, rest);
  });
}

function* load(self: Self<never>): Process {
  for (const nodes of [1, 2, 4]) {
    const measured = yield* measure(
      self as never,
      { nodes, rooms: 8, clientsPerRoom: 4, messagesPerClient: 10, workMs: 2 },
      realClock(),
    );
    const { sent, heard, clientsPerNode, elapsedMs } = measured;
    const rate = Math.round((sent * 1_000) / elapsedMs);
    print(
      `${nodes} nodes, clients ${clientsPerNode.join("+")}: ${sent} sent, ${heard} heard, ${rate} a second`,
    );
  }
}

function* visitUsers(self: Self<never>): Process {
  const folder = mkdtempSync(join(tmpdir(), "users-"));
  const store = sqliteStore(join(folder, "users.db"));
  yield* visit(self, store, PRICE, print);
  rmSync(folder, { recursive: true });
}
