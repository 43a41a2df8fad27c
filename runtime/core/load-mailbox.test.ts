import { expect, test } from "vitest";
import {
  after,
  createNode,
  matching,
  type Ref,
  type Self,
  when,
} from "../index.ts";
import { simulate } from "../testing/index.ts";
import { Queue } from "./queue.ts";

/** The middle one: what a run usually takes, whatever else the machine does. */
function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

test("a mailbox is as quick at both ends with a million messages as with few", () => {
  const costAt = (size: number) => {
    const queue = new Queue<number>();
    for (let i = 0; i < size; i++) queue.push(i);
    const rounds = Array.from({ length: 101 }, () =>
      timed(() => {
        for (let i = 0; i < 1_000; i++) {
          queue.push(i);
          queue.shift();
        }
      }),
    );
    return median(rounds);
  };
  costAt(10);
  // A queue that moved its entries would be some thousand times slower.
  expect(costAt(1_000_000) / costAt(10)).toBeLessThan(30);
});

test("a receive that waits for one reply looks once at each of 100,000 queued", () => {
  let looks = 0;
  simulate(
    function* main(self: Self<["other", number] | ["reply", number]>) {
      const parent = self.pid;
      for (let i = 0; i < 100_000; i++) self.send(parent, ["other", i]);
      self.spawn(function* late(it: Self<never>) {
        for (let i = 0; i < 1_000; i++) {
          it.send(parent, ["other", i]);
          yield* it.yield();
        }
        it.send(parent, ["reply", 7]);
      });
      const value = yield* self.receive({
        other: when<[number], number>(
          () => {
            looks++;
            return false;
          },
          (n) => n,
        ),
        reply: (n) => n,
      });
      expect(value).toBe(7);
    },
    { seed: 0, maxReductions: 1_000_000 },
  );
  expect(looks).toBe(101_000);
});

test("a receive that names its reference does not look at what was there before", () => {
  let looks = 0;
  simulate(
    function* main(self: Self<["other", number] | ["reply", Ref, number]>) {
      for (let i = 0; i < 100_000; i++) self.send(self.pid, ["other", i]);
      const ref = self.makeRef();
      self.send(self.pid, ["reply", ref, 7]);
      const value = yield* self.receive(
        matching<["reply", Ref, number], number>(ref, {
          reply: when<[Ref, number], number>(
            () => {
              looks++;
              return true;
            },
            (_ref, n) => n,
          ),
        }) as never,
        after(0, () => -1),
      );
      expect(value).toBe(7);
    },
    { seed: 0 },
  );
  expect(looks).toBe(1);
});

test("a burst of a million messages overflows no stack and blocks no timer", async () => {
  const node = createNode();
  const order: string[] = [];
  const done = new Promise<number>((resolve) => {
    const sink = node.spawn(function* sink(self: Self<number>) {
      let sum = 0;
      for (let i = 0; i < 1_000_000; i++) sum += yield* self.receive();
      order.push("burst");
      resolve(sum);
    });
    for (let i = 0; i < 1_000_000; i++) node.send(sink, 1);
  });
  setTimeout(() => order.push("timer"), 1);
  expect(await done).toBe(1_000_000);
  expect(order).toEqual(["timer", "burst"]);
});

test("two that talk for ever starve neither a third, nor a timer, nor the event loop", async () => {
  const node = createNode();
  function* talk(
    self: Self<number>,
    other?: Parameters<Self<never>["link"]>[0],
  ) {
    if (other) self.send(other as never, 0 as never);
    for (;;) {
      const n = yield* self.receive();
      self.send((other ?? first) as never, (n + 1) as never);
    }
  }
  const first = node.spawn(talk as never);
  node.spawn(talk as never, first as never);
  const third = new Promise<string>((resolve) => {
    node.spawn(function* third(self: Self<never>) {
      for (let i = 0; i < 100; i++) yield* self.yield();
      resolve("third");
    });
  });
  const timer = new Promise<string>((resolve) => {
    node.spawn(function* sleeper(self: Self<never>) {
      yield* self.sleep(5);
      resolve("timer");
    });
  });
  const loop = new Promise<string>((resolve) => {
    setImmediate(() => setTimeout(() => resolve("loop"), 0));
  });
  expect(await Promise.all([third, timer, loop])).toEqual([
    "third",
    "timer",
    "loop",
  ]);
  node.stop();
});

test("sending to the dead is no dearer than sending to the living", () => {
  const node = createNode({ logger: () => {} });
  const times: Record<"dead" | "living", number[]> = { dead: [], living: [] };
  const dead = node.spawn(() => {});
  while (node.step());
  for (let round = 0; round < 21; round++) {
    const living = node.spawn(function* idle(self: Self<number>) {
      yield* self.sleep(1_000_000);
    });
    while (node.step());
    const send = (to: unknown) =>
      timed(() => {
        for (let i = 0; i < 10_000; i++) node.send(to as never, i as never);
      });
    times.dead.push(send(dead));
    times.living.push(send(living));
    node.sendExit(living, "kill");
  }
  node.stop();
  expect(median(times.dead) / median(times.living)).toBeLessThan(5);
});
