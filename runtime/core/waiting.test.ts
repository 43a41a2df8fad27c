import { expect, test } from "vitest";
import {
  createNode,
  type DownMessage,
  isProcessAlive,
  type Node,
  type Pid,
  type Process,
  processInfo,
  type Self,
  steppedByHand,
  VirtualClock,
} from "#runtime";

function steppedNode(): Node {
  return createNode({
    clock: new VirtualClock(),
    scheduler: steppedByHand,
    // The crashes of these tests are meant; nobody need read of them.
    logger: () => {},
  });
}

function settle(node: Node): void {
  while (node.step() !== undefined) {}
}

/** A promise that the test settles. */
function promised<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets what waits for a settled promise run. */
const microtasks = async () => {
  for (let i = 0; i < 5; i++) await undefined;
};

test("self.wait gives the promise's value, and no message disturbs it", async () => {
  const node = steppedNode();
  const { promise, resolve } = promised<number>();
  const got: unknown[] = [];
  const pid = node.spawn(function* waiter(self: Self<"noise">): Process {
    got.push(yield* self.wait(promise));
    got.push(yield* self.receive());
  });
  settle(node);
  node.send(pid, "noise");
  settle(node);
  expect(processInfo(pid)?.status).toBe("away");
  expect(got).toEqual([]);
  resolve(42);
  await microtasks();
  settle(node);
  expect(got).toEqual([42, "noise"]);
});

test("self.wait throws what the promise is rejected with, and it can be caught", async () => {
  const node = steppedNode();
  const refused = new Error("refused");
  const got: unknown[] = [];
  node.spawn(function* main(self: Self<DownMessage>): Process {
    self.spawnMonitor(function* waiter(me: Self<never>): Process {
      yield* me.wait(Promise.reject("no"));
    });
    got.push(yield* self.receive({ DOWN: (_r, _t, _p, why) => why }));
    try {
      yield* self.wait(Promise.reject(refused));
    } catch (error) {
      got.push(error);
    }
  });
  for (let i = 0; i < 4; i++) {
    settle(node);
    await microtasks();
  }
  expect(got).toEqual([["nocatch", "no"], refused]);
});

test("a process that is killed while it waits for a promise never runs again", async () => {
  const node = steppedNode();
  const { promise, resolve } = promised<number>();
  const ran: string[] = [];
  const pid = node.spawn(function* waiter(self: Self<never>): Process {
    try {
      yield* self.wait(promise);
      ran.push("went on");
    } finally {
      ran.push("finally");
    }
  });
  settle(node);
  node.sendExit(pid, "kill");
  expect(isProcessAlive(pid)).toBe(false);
  resolve(1);
  await microtasks();
  settle(node);
  expect(ran).toEqual([]);
});

test.each(["normal", "boom"])(
  "self.signal aborts when its process ends with %s, with that reason",
  (reason) => {
    const node = steppedNode();
    let signal: AbortSignal | undefined;
    const pid = node.spawn(function* owner(self: Self<"stop">): Process {
      signal = self.signal;
      expect(self.signal).toBe(signal);
      yield* self.receive({ stop: () => self.exit(reason) });
    });
    settle(node);
    expect(signal?.aborted).toBe(false);
    node.send(pid as Pid<"stop">, "stop");
    settle(node);
    expect([signal?.aborted, signal?.reason]).toEqual([true, reason]);
  },
);

test("self.signal aborts when its process is killed", () => {
  const node = steppedNode();
  let signal: AbortSignal | undefined;
  const pid = node.spawn(function* owner(self: Self<never>): Process {
    signal = self.signal;
    yield* self.receive();
  });
  settle(node);
  node.sendExit(pid, "kill");
  expect([signal?.aborted, signal?.reason]).toEqual([true, "killed"]);
});
