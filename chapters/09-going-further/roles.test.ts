import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createNode } from "#runtime";
import { EpmdServer } from "#runtime/distribution";
import { forPlainNode } from "../plain-node.ts";
import { client, type Shown } from "./client.ts";

// Operating system processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const people = createNode({ name: "people@127.0.0.1" });
const started: ChildProcess[] = [];
let bundle: string;
/** An EPMD of these tests' own. */
let epmd: EpmdServer;

beforeAll(async () => {
  epmd = await EpmdServer.start({ port: 0 });
  vi.stubEnv("ERL_EPMD_PORT", `${epmd.port}`);
  bundle = await forPlainNode("chapters/09-going-further/main.ts");
});
afterAll(async () => {
  people.stop();
  for (const child of started) await killed(child);
  vi.unstubAllEnvs();
  await epmd.close();
});

/** `npm run chapter 09 -- …`, without what npm and tsx take to start it. */
const program = (...words: string[]) =>
  fork(bundle, words, { stdio: ["ignore", "pipe", "inherit", "ipc"] });

/** Waits until a program has said which port it listens on. */
function listening(child: ChildProcess): Promise<number> {
  started.push(child);
  const lines = createInterface({ input: child.stdout as never });
  return new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      const port = /on port (\d+)\.$/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once("exit", (code) => reject(new Error(`It ended: ${code}`)));
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** A client with a socket of its own, and what it is shown. */
function enter(room: string, door: number) {
  const shown: string[] = [];
  let notice = () => {};
  // How often one must wait for the dispatcher to hear of a death is chance.
  const show = (one: Shown) => {
    if (one[0] !== "waiting") shown.push(one.join(" "));
    notice();
  };
  const pid = people.spawn(client, { room, door, show });
  return {
    shown,
    say: (line: string) => people.send(pid, ["say", line]),
    async until(last: string): Promise<void> {
      while (shown.at(-1) !== last) {
        await new Promise<void>((resolve) => {
          notice = resolve;
        });
      }
    },
  };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`);

test("a killed chat node costs its own clients a moment, the others nothing, and is used when it is back", async () => {
  const door = await listening(program("dispatcher", "0"));
  const first = program("chat", "1");
  const one = await listening(first);
  const two = await listening(program("chat", "2"));

  // Each room is on a node of its own.
  const ann = enter("tea", door);
  await ann.until(`joined tea ${one}`);
  const bob = enter("tea", door);
  await bob.until(`joined tea ${one}`);
  const cid = enter("coffee", door);
  await cid.until(`joined coffee ${two}`);
  const dan = enter("coffee", door);
  await dan.until(`joined coffee ${two}`);
  ann.say("good day");
  await bob.until("heard someone: good day");
  await ann.until("heard someone: good day");

  for (const line of numbers(1, 20)) cid.say(line);
  const gone = killed(first);
  for (const line of numbers(21, 40)) cid.say(line);
  await gone;
  await ann.until(`joined tea ${two}`);
  await bob.until(`joined tea ${two}`);
  bob.say("still here");
  await ann.until("heard someone: still here");
  await bob.until("heard someone: still here");
  const tea = [
    `joined tea ${one}`,
    "heard someone: good day",
    "left tea",
    `joined tea ${two}`,
    "heard someone: still here",
  ];
  expect(ann.shown).toEqual(tea);
  expect(bob.shown).toEqual(tea);

  for (const line of numbers(41, 60)) cid.say(line);
  await dan.until("heard someone: 60");
  await cid.until("heard someone: 60");
  const coffee = numbers(1, 60).map((line) => `heard someone: ${line}`);
  expect(dan.shown).toEqual([`joined coffee ${two}`, ...coffee]);
  expect(cid.shown).toEqual([`joined coffee ${two}`, ...coffee]);

  // Nobody is sent to the dead node, though it has the fewest rooms.
  for (const room of ["milk", "juice"]) {
    await enter(room, door).until(`joined ${room} ${two}`);
  }

  const again = await listening(program("chat", "1"));
  expect(again).not.toBe(one);
  const eva = enter("water", door);
  await eva.until(`joined water ${again}`);
  eva.say("hello");
  await eva.until("heard someone: hello");
  // What is somewhere stays there.
  await enter("tea", door).until(`joined tea ${two}`);
});
