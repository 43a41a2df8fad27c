import { describe, expect, test } from "vitest";
import { createNode, type Pid, type Process, type Self } from "#runtime";
import type { Clock } from "./clock.ts";

/** Its alarms never ring, for nobody here waits. */
function clock(now: () => number): Clock {
  return { now, setAlarm() {}, clearAlarm() {} };
}

/** A node whose turns are taken by hand, in the order in which it asks. */
function turnedByHand(now: () => number) {
  const turns: (() => void)[] = [];
  const ask = (turn: () => void) => void turns.push(turn);
  const scheduler = { soon: ask, later: ask };
  return { node: createNode({ clock: clock(now), scheduler }), turns };
}

/** How often two that never wait take 2,000 steps in the node's first turn. */
function firstTurn(
  now: () => number,
): readonly [shares: number, turns: number] {
  const { node, turns } = turnedByHand(now);
  let steps = 0;
  function* busy(self: Self<never>): Process {
    for (;;) {
      steps++;
      yield* self.yield();
    }
  }
  node.spawn(busy);
  node.spawn(busy);
  turns[0]?.();
  // The first steps of the two only make their bodies.
  return [(steps + 2) / 2_000, turns.length];
}

describe("a turn of processes that never wait", () => {
  test("ends at the first look at the clock if that takes a millisecond", () => {
    let nowMs = 0;
    expect(firstTurn(() => nowMs++)).toEqual([1, 2]);
  });

  test("goes on until a millisecond is over, for the event loop is dear", () => {
    let nowMs = 0;
    const [shares, turns] = firstTurn(() => {
      nowMs += 0.25;
      return nowMs;
    });
    expect([shares, turns]).toEqual([4, 2]);
  });

  test("comes to an end on a clock that stands still", () => {
    expect(firstTurn(() => 0)).toEqual([8, 2]);
  });
});

interface Ball {
  readonly from: Pid<Ball>;
}

describe("a process that was just woken", () => {
  /** Two that answer each other at once, and whoever waits meanwhile. */
  function order(others: readonly string[]): string[] {
    const { node, turns } = turnedByHand(() => 0);
    const went: string[] = [];
    function* talker(self: Self<Ball>, name: string): Process {
      for (;;) {
        const { from } = yield* self.receive();
        if (went.length < 6) went.push(name);
        self.send(from, { from: self.pid });
      }
    }
    const first = node.spawn(talker, "first");
    const second = node.spawn(talker, "second");
    turns[0]?.();
    node.send(first, { from: second });
    for (const name of others) node.spawn(() => void went.push(name));
    turns[1]?.();
    return went;
  }

  test("is next where nobody else waits", () => {
    const pair = ["first", "second"];
    expect(order([])).toEqual([...pair, ...pair, ...pair]);
  });

  test("goes before those that wait, and only one of it", () => {
    expect(order(["third", "fourth"]).slice(0, 5)).toEqual([
      "first",
      "second",
      "third",
      "fourth",
      "first",
    ]);
  });
});

describe("a process that has woken another, at its tail call", () => {
  /** What happens in one turn, in which `first` is sent "go". */
  function order(
    bodies: (says: (line: string) => void) => Record<string, Body>,
    ...others: string[]
  ): string[] {
    const { node, turns } = turnedByHand(() => 0);
    const said: string[] = [];
    const all = bodies((line) => void said.push(line));
    for (const [name, body] of Object.entries(all)) {
      node.register(name, node.spawn(body));
    }
    turns[0]?.();
    said.length = 0;
    node.send("first", "go");
    for (const name of others) node.spawn(() => void said.push(name));
    turns[1]?.();
    return said;
  }
  type Body = (self: Self<"go">) => Process;

  /** Says that it begins to wait, and that it was told; tells the next. */
  const relay = (
    says: (line: string) => void,
    name: string,
    next?: string,
  ): Body =>
    function* waits(self): Process {
      says(`${name} waits`);
      return yield* self.receive({
        go: (): Process => {
          says(`${name} goes`);
          if (next !== undefined) self.send(next, "go");
          return waits(self);
        },
      });
    };
  const two = (says: (line: string) => void) => ({
    first: relay(says, "first", "second"),
    second: relay(says, "second"),
  });

  test("lets it go first", () => {
    expect(order(two)).toEqual([
      "first goes",
      "second goes",
      "second waits",
      "first waits",
    ]);
  });

  test("goes on where somebody else waits, who would be kept waiting", () => {
    expect(order(two, "third")).toEqual([
      "first goes",
      "first waits",
      "second goes",
      "second waits",
      "third",
    ]);
  });

  test("is next after one slice, whomever that has woken", () => {
    const three = (says: (line: string) => void) => ({
      first: relay(says, "first", "second"),
      second: relay(says, "second", "third"),
      third: relay(says, "third"),
    });
    expect(order(three)).toEqual([
      "first goes",
      "second goes",
      "second waits",
      "first waits",
      "third goes",
      "third waits",
    ]);
  });

  test("can be ended by it, and begins no more", () => {
    const killed = (says: (line: string) => void) => ({
      first: relay(says, "first", "second"),
      *second(self: Self<"go">): Process {
        yield* self.receive();
        const first = self.whereis("first");
        if (first !== undefined) self.sendExit(first, "kill");
      },
    });
    expect(order(killed)).toEqual(["first goes"]);
  });
});
