import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createNode } from "#runtime";
import { EpmdServer } from "#runtime/distribution";
import { forPlainNode } from "../plain-node.ts";
import { client, type Shown } from "./client.ts";

// Operating system processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const people = createNode({ name: "people@127.0.0.1" });
const programs: Program[] = [];
let bundle: string;
/** An EPMD of these tests' own. */
let epmd: EpmdServer;

beforeAll(async () => {
  epmd = await EpmdServer.start({ port: 0 });
  vi.stubEnv("ERL_EPMD_PORT", `${epmd.port}`);
  bundle = await forPlainNode("chapters/09-going-further/main.ts");
});
// The next ones have the same names.
afterEach(async () => {
  for (const program of programs.splice(0)) await program.kill();
});
afterAll(async () => {
  people.stop();
  vi.unstubAllEnvs();
  await epmd.close();
});

/** `npm run chapter 09 -- …`, without what npm and tsx take to start it. */
class Program {
  readonly child: ChildProcess;
  readonly #lines: string[] = [];
  #notice = () => {};

  constructor(...words: string[]) {
    const stdio = ["ignore", "pipe", "inherit", "ipc"] as const;
    // Without what vitest gives its own processes: it costs a start 0.15 s.
    const options = { execArgv: [], stdio: [...stdio] };
    this.child = fork(bundle, words, options);
    const lines = createInterface({ input: this.child.stdout as never });
    lines.on("line", (line) => {
      this.#lines.push(line);
      this.#notice();
    });
    lines.on("close", () => this.#notice());
    programs.push(this);
  }

  /** Waits until it says which port it has, each time another line of it. */
  async port(): Promise<number> {
    return Number((await this.said(/on port (\d+)\.$/))[1]);
  }

  /** Waits for a line that comes after those that were waited for. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      while (this.#lines.length > 0) {
        const match = pattern.exec(this.#lines.shift() as string);
        if (match) return match;
      }
      const { exitCode } = this.child;
      if (exitCode !== null) throw new Error(`It ended with ${exitCode}.`);
      await new Promise<void>((resolve) => {
        this.#notice = resolve;
      });
    }
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
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

/** A dispatcher and two chat nodes; the first is asked to take the first room. */
async function threePrograms() {
  const front = new Program("dispatcher", "0");
  const door = await front.port();
  const first = new Program("chat", "1");
  const one = await first.port();
  const second = new Program("chat", "2");
  const two = await second.port();
  return { front, door, first, one, second, two };
}

test("a killed chat node costs its own clients a moment, the others nothing, and is used when it is back", async () => {
  const { door, first, one, two } = await threePrograms();

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
  const gone = first.kill();
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

  const again = await new Program("chat", "1").port();
  expect(again).not.toBe(one);
  const eva = enter("water", door);
  await eva.until(`joined water ${again}`);
  eva.say("hello");
  await eva.until("heard someone: hello");
  // What is somewhere stays there.
  await enter("tea", door).until(`joined tea ${two}`);
});

test("a dispatcher that is started again learns which rooms are where", async () => {
  const { front, door, first, one, second, two } = await threePrograms();
  const ann = enter("tea", door);
  await ann.until(`joined tea ${one}`);
  await enter("coffee", door).until(`joined coffee ${two}`);

  await front.kill();
  ann.say("who is there?");
  await ann.until("heard someone: who is there?");
  await new Program("dispatcher", `${door}`).port();
  for (const chat of [first, second]) await chat.said(/^No dispatcher answers/);
  expect([await first.port(), await second.port()]).toEqual([one, two]);

  const eva = enter("tea", door);
  await eva.until(`joined tea ${one}`);
  eva.say("I am");
  await ann.until("heard someone: I am");
  await enter("coffee", door).until(`joined coffee ${two}`);
});

test("a chat node that is there before the dispatcher waits for it", async () => {
  const early = new Program("chat", "1");
  await early.said(/^No dispatcher answers on .* start it: npm run/);
  const door = await new Program("dispatcher", "0").port();
  const port = await early.port();
  await enter("tea", door).until(`joined tea ${port}`);
});
