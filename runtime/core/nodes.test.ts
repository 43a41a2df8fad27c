import { expect, test } from "vitest";
import {
  createNode,
  type DownMessage,
  type ExitMessage,
  isProcessAlive,
  type Node,
  type NodeOptions,
  type Pid,
  type Process,
  processInfo,
  type Report,
  RuntimeError,
  type Self,
  steppedByHand,
  type TraceEvent,
  VirtualClock,
} from "#runtime";

/** Runs `use` with nodes that are stepped by hand, and stops them after it. */
function withNodes(
  names: readonly string[],
  use: (...nodes: Node[]) => void,
  options: NodeOptions = {},
): void {
  const clock = new VirtualClock();
  const nodes = names.map((name) =>
    createNode({ clock, scheduler: steppedByHand, ...options, name }),
  );
  try {
    use(...nodes);
  } finally {
    for (const node of nodes) node.stop();
  }
}

/** Steps the nodes in turn until none of them has anything to do. */
function settle(...nodes: Node[]): void {
  for (let busy = true; busy; ) {
    busy = nodes.map((node) => node.step()).some((pid) => pid !== undefined);
  }
}

type Watching = Self<DownMessage | ExitMessage>;

function* idle(self: Self<"stop">): Process {
  yield* self.receive({ stop: () => {} });
}

test("processes of several nodes in one realm send to pids and to names of one another", () => {
  withNodes(["a@here", "b@here"], (a, b) => {
    const heard: unknown[] = [];
    const there = b.spawn(function* there(
      self: Self<["hello", Pid<"welcome">]>,
    ): Process {
      yield* self.receive({
        hello: (from) => {
          heard.push(self.node);
          self.send(from, "welcome");
        },
      });
    });
    b.register("host", there);
    a.spawn(function* guest(self: Self<"welcome">): Process {
      self.send(["host", "b@here"], ["hello", self.pid]);
      yield* self.receive({ welcome: () => heard.push(self.node) });
    });
    settle(a, b);
    expect(heard).toEqual(["b@here", "a@here"]);
  });
});

test("names, process lists and traces belong to one node", () => {
  withNodes(["a@here", "b@here"], (a, b) => {
    const events: TraceEvent[] = [];
    a.setTracer((event) => void events.push(event));
    const [here, there] = [a.spawn(idle), b.spawn(idle)];
    a.register("bob", here);
    b.register("bob", there);
    expect([a.whereis("bob"), b.whereis("bob")]).toEqual([here, there]);
    expect(a.processes()).toEqual([here]);
    expect(b.registered()).toEqual(["bob"]);
    expect(() => a.register("rob", there)).toThrow(RuntimeError);
    expect(new Set(events.map(({ node }) => node))).toEqual(
      new Set(["a@here"]),
    );
    expect(String(here)).not.toBe(String(there));
  });
});

test("each node's trace tells what happens there, a message of nothing as well", () => {
  const events: Record<string, TraceEvent[]> = { "a@here": [], "b@here": [] };
  withNodes(
    ["a@here", "b@here"],
    (a, b) => {
      const reader = b.spawn(function* reader(self: Self<undefined>): Process {
        yield* self.receive();
      });
      a.spawn(function* sender(self: Self<never>) {
        self.send(reader, undefined);
      });
      settle(a, b);
      const kinds = (name: string) => events[name]?.map(({ kind }) => kind);
      expect(kinds("a@here")).toEqual(["spawn", "send", "exit"]);
      expect(kinds("b@here")).toEqual(["spawn", "deliver", "receive", "exit"]);
    },
    { tracer: (event) => void events[event.node]?.push(event) },
  );
});

test("links and monitors reach over nodes, with the reason unchanged", () => {
  withNodes(["a@here", "b@here"], (a, b) => {
    const told: unknown[] = [];
    const pid = b.spawn(function* child(self: Self<"stop">): Process {
      yield* self.receive({ stop: () => self.exit("bye") });
    });
    a.spawn(function* watcher(self: Watching): Process {
      self.trapExit(true);
      self.link(pid);
      self.monitor(pid);
      self.send(pid, "stop");
      for (let i = 0; i < 2; i++) {
        const message = yield* self.receive();
        told.push([message[0], message.at(-1)]);
      }
    });
    settle(a, b);
    expect(told).toEqual([
      ["EXIT", "bye"],
      ["DOWN", "bye"],
    ]);
  });
});

test("a node that stops ends its processes, and others are told noconnection", () => {
  withNodes(["a@here", "b@here"], (a, b) => {
    const told: unknown[] = [];
    const pid = b.spawn(idle);
    a.spawn(function* watcher(self: Watching): Process {
      self.trapExit(true);
      self.link(pid);
      self.monitor(pid);
      for (let i = 0; i < 2; i++) {
        const message = yield* self.receive();
        told.push(message.at(-1));
      }
    });
    settle(a, b);
    b.stop();
    settle(a);
    expect(isProcessAlive(pid)).toBe(false);
    expect(told).toEqual(["noconnection", "noconnection"]);
  });
});

test("a node that is stopped by one of its processes ends that one where it suspends", () => {
  withNodes(["a@here"], (a) => {
    const ran: string[] = [];
    const [before, after] = [a.spawn(idle), () => a.spawn(idle)];
    const stopper = a.spawn(function* stopper(self: Self<never>): Process {
      try {
        a.stop();
        ran.push("on");
        yield* self.receive();
        ran.push("further");
      } finally {
        ran.push("finally");
      }
    });
    const turner = a.spawn(function* turner(self: Self<never>): Process {
      return turner(self);
    });
    settle(a);
    expect(ran).toEqual(["on"]);
    for (const pid of [before, stopper, turner]) {
      expect(isProcessAlive(pid)).toBe(false);
    }
    const late = after();
    settle(a);
    expect(a.processes()).toEqual([late]);
  });
});

test("a node that is stopped in a tail call or before a wait runs no further", () => {
  withNodes(["a@here"], (a) => {
    let turns = 0;
    a.spawn(function* loop(self: Self<never>): Process {
      if (++turns === 1) a.stop();
      return loop(self);
    });
    a.spawn(idle);
    settle(a);
    expect(turns).toBeLessThan(3);
    a.spawn(function* waits(self: Self<never>): Process {
      a.stop();
      yield* self.wait(Promise.resolve());
      turns = Number.NaN;
    });
    settle(a);
    expect(turns).toBeLessThan(3);
    expect(a.processes()).toEqual([]);
  });
});

test("a node that has stopped has no alarm left, not even for a name", () => {
  const clock = new VirtualClock();
  const node = createNode({ clock, scheduler: steppedByHand });
  node.spawn(function* setter(self: Self<never>): Process {
    self.sendAfter(1_000, "nobody yet", "hello");
    self.sendAfter(2_000, self.pid as Pid<string>, "hello");
    yield* self.sleep(3_000);
  });
  settle(node);
  node.stop();
  expect(clock.advance()).toBe(false);
});

test("a node's name is taken while it runs and free once it has stopped", () => {
  withNodes(["a@here"], (a) => {
    expect(() => createNode({ name: "a@here" })).toThrow(/Stop it, or choose/);
    a.stop();
    createNode({ name: "a@here" }).stop();
  });
});

test("a node stepped by hand runs one slice of one process at each step", () => {
  withNodes(["a@here"], (a) => {
    const ran: string[] = [];
    const turns = (name: string) =>
      function* body(self: Self<never>): Process {
        ran.push(`${name}1`);
        yield* self.yield();
        ran.push(`${name}2`);
      };
    const [x, y] = [a.spawn(turns("x")), a.spawn(turns("y"))];
    expect(ran).toEqual([]);
    expect(a.step()).toBe(x);
    expect(ran).toEqual(["x1"]);
    expect([a.step(), a.step(), a.step()]).toEqual([y, x, y]);
    expect(ran).toEqual(["x1", "y1", "x2", "y2"]);
    expect(a.step()).toBeUndefined();
  });
});

test("between steps each process can be looked at", () => {
  withNodes(["a@here"], (a) => {
    const pid = a.spawn(idle);
    expect(processInfo(pid)?.status).toBe("runnable");
    a.step();
    expect(processInfo(pid)?.status).toBe("waiting");
    a.send(pid, "stop");
    expect(processInfo(pid)?.messages).toEqual(["stop"]);
    a.step();
    expect(processInfo(pid)).toBeUndefined();
  });
});

test("a stepped node's timers fire when its clock is moved and it is stepped again", () => {
  const clock = new VirtualClock();
  withNodes(
    ["a@here"],
    (a) => {
      const pid = a.spawn(function* sleeper(self: Self<never>): Process {
        yield* self.sleep(100);
      });
      settle(a);
      expect(isProcessAlive(pid)).toBe(true);
      clock.advance();
      settle(a);
      expect([isProcessAlive(pid), clock.now()]).toEqual([false, 100]);
    },
    { clock },
  );
});

test("an error in a tracer is reported and harms no process", () => {
  const reports: Report[] = [];
  withNodes(
    ["a@here"],
    (a) => {
      const done: string[] = [];
      a.spawn(function* main(self: Self<DownMessage>): Process {
        const [pid] = self.spawnMonitor(idle);
        self.send(pid, "stop");
        yield* self.receive({ DOWN: (_r, _t, _p, why) => done.push(`${why}`) });
      });
      settle(a);
      expect(done).toEqual(["normal"]);
      expect(reports.length).toBeGreaterThan(5);
      expect(new Set(reports.map(({ kind }) => kind))).toEqual(
        new Set(["callback"]),
      );
    },
    {
      logger: (report) => void reports.push(report),
      tracer: () => {
        throw new Error("a tracer's own trouble");
      },
    },
  );
});

test("a logger that throws harms nobody", () => {
  const logger = () => {
    throw new Error("a logger's own trouble");
  };
  const told: unknown[] = [];
  withNodes(
    ["a@here", "b@here"],
    (a, b) => {
      const bad = a.spawn(function* bad(self: Self<"now">): Process {
        yield* self.receive();
        throw new Error("boom");
      });
      for (const node of [a, b]) {
        node.spawn(function* watcher(self: Watching): Process {
          self.monitor(bad);
          told.push(
            yield* self.receive({ DOWN: (...[, , , why]) => `${why}` }),
          );
        });
      }
      settle(a, b);
      a.send(bad, "now");
      settle(a, b);
      expect(told).toEqual(["Error: boom", "Error: boom"]);
      const done = a.spawn(idle);
      a.send(done, "stop");
      settle(a);
      expect(isProcessAlive(done)).toBe(false);
    },
    { logger },
  );
});

test("a chain of links that goes to and fro between two nodes overflows no stack", () => {
  const quiet = () => {};
  const nodes = [
    createNode({
      name: "there@chain",
      logger: quiet,
      scheduler: steppedByHand,
    }),
    createNode({ name: "back@chain", logger: quiet, scheduler: steppedByHand }),
  ] as const;
  function* member(self: Self<never>, next: Pid | undefined): Process {
    if (next) self.link(next);
    yield* self.receive({});
  }
  let last: Pid | undefined;
  for (let i = 0; i < 20_000; i++) last = nodes[i % 2]?.spawn(member, last);
  for (const node of nodes) while (node.step());
  nodes[1].sendExit(last as Pid, "boom");
  expect(nodes.map((node) => node.processes().length)).toEqual([0, 0]);
  for (const node of nodes) node.stop();
});
