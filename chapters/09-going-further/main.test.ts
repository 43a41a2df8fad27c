import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  createNode,
  type Process,
  type Report,
  realClock,
  type Self,
} from "#runtime";
import { recording, simulate } from "#runtime/testing";
import { dispatch } from "./dispatch.ts";
import { choose } from "./dispatcher.ts";
import { type Load, type Measured, measure } from "./load.ts";
import { crash } from "./manager.ts";
import { isPassword, protect } from "./passwords.ts";
import { type Print, rooms } from "./rooms.ts";
import { sqliteStore } from "./sqlite-store.ts";
import { visit } from "./users.ts";

type Story = (self: Self<never>, print: Print) => Process;
const stories: Record<string, Story> = {
  rooms: rooms as unknown as Story,
  dispatch,
  manager: crash as unknown as Story,
};
const cheap = { cost: 16, blockSize: 1, parallelization: 1 };

function tell(name: string, seed: number) {
  const lines: string[] = [];
  const run = simulate(
    function* main(self: Self<never>) {
      yield* stories[name]?.(self, (line) => void lines.push(line)) ?? [];
    },
    { seed },
  );
  return { printed: `${lines.join("\n")}\n`, run };
}

/** Runs a body on a node of its own, on real time, to its end. */
function played(
  body: (self: Self<never>) => Process,
  reports: Report[] = [],
): Promise<unknown> {
  const node = createNode({
    name: "test@127.0.0.1",
    logger: (report) => void reports.push(report),
  });
  return new Promise((resolve) => {
    node.spawn(function* watcher(self: Self<["DOWN", ...unknown[]]>) {
      self.spawnMonitor(body);
      const reason = yield* self.receive({
        DOWN: (_ref, _type, _pid, why) => why,
      });
      node.stop();
      resolve(reason);
    });
  });
}

describe.each(Object.keys(stories))("the story %s", (name) => {
  test("prints what the page shows", async () => {
    const { printed } = tell(name, 0);
    await expect(printed).toMatchFileSnapshot(`${name}.out`);
  });

  test("says the same lines under every schedule", () => {
    const sorted = (text: string) => text.split("\n").sort();
    for (let seed = 1; seed <= 20; seed++) {
      expect(sorted(tell(name, seed).printed)).toEqual(
        sorted(tell(name, 0).printed),
      );
    }
  });
});

test("the diagram of the dispatcher is drawn from a run", async () => {
  const { trace } = tell("dispatch", 0).run;
  const json = `${JSON.stringify(recording(trace), null, 1)}\n`;
  await expect(json).toMatchFileSnapshot("dispatch.trace.json");
});

test("a dispatcher without nodes places nothing", () => {
  expect(choose([], "tea")).toBe(undefined);
});

async function loaded(load: Load): Promise<Measured | undefined> {
  let measured: Measured | undefined;
  const reason = await played(function* main(self) {
    measured = yield* measure(self as never, load, realClock());
  });
  expect(reason).toBe("normal");
  return measured;
}

test("the load test hears each message once for each member of its room", async () => {
  const measured = await loaded({
    nodes: 2,
    rooms: 4,
    clientsPerRoom: 2,
    messagesPerClient: 3,
    workMs: 0,
  });
  expect(measured?.sent).toBe(24);
  expect(measured?.heard).toBe(48);
  expect(measured?.clientsPerNode).toEqual([4, 4]);
});

test("a node is no faster than its archive, which is why a second one helps", async () => {
  const measured = await loaded({
    nodes: 1,
    rooms: 2,
    clientsPerRoom: 2,
    messagesPerClient: 4,
    workMs: 10,
  });
  expect(measured?.sent).toBe(16);
  expect(measured?.heard).toBe(32);
  // Never less, on any machine: one message after the other, 10 ms each.
  expect(measured?.elapsedMs).toBeGreaterThanOrEqual(16 * 10);
});

test("users are kept in a file, and no password is in it or in a report", async () => {
  const folder = mkdtempSync(join(tmpdir(), "users-"));
  const file = join(folder, "users.db");
  const lines: string[] = [];
  const reports: Report[] = [];
  const reason = await played(function* main(self) {
    const print = (line: string) => void lines.push(line);
    yield* visit(self, sqliteStore(file), cheap, print);
  }, reports);
  expect(reason).toBe("normal");
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("users.out");
  expect(readFileSync(file).includes("correct horse")).toBe(false);
  expect(JSON.stringify(reports)).not.toContain("correct horse");
  const again = sqliteStore(file);
  const ann = await again.find("Ann");
  await again.close();
  expect(ann && (await isPassword(ann, "correct horse"))).toBe(true);
  rmSync(folder, { recursive: true });
});

test("the same password has another hash for another user", async () => {
  const one = await protect("Ann", "same", cheap);
  const other = await protect("Bob", "same", cheap);
  expect(Buffer.from(one.hash).equals(Buffer.from(other.hash))).toBe(false);
  expect(await isPassword(one, "same")).toBe(true);
  expect(await isPassword(one, "other")).toBe(false);
});
