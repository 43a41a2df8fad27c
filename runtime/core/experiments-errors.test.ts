import { expect, test } from "vitest";
import {
  classOf,
  type DownMessage,
  Exit,
  formatReport,
  type Pid,
  type Process,
  type RuntimeError,
  type Self,
} from "#runtime";
import { simulate } from "#runtime/testing";

const seeds = { schedules: 10 };
type Watching = Self<DownMessage>;

const thrower = (value: unknown) => () => {
  throw value;
};

/** What Erlang's `catch Class:Reason` sees of what `run` throws. */
function caught(run: () => unknown): unknown {
  try {
    return ["returned", run()];
  } catch (value) {
    return [classOf(value), value instanceof Exit ? value.reason : value];
  }
}

/** The reason that a monitor of a process with this body is told. */
function* reasonOf(self: Watching, run: () => unknown) {
  const [pid, ref] = self.spawnMonitor(function* child(): Process {
    run();
  });
  return yield* self.receive({
    DOWN(got, type, object, reason) {
      expect([got, type, object]).toEqual([ref, "process", pid]);
      return reason;
    },
  });
}

test("B2 there are three classes of exception: throw, exit and error", () => {
  const error = new Error("a");
  expect(caught(thrower("a"))).toEqual(["throw", "a"]);
  expect(caught(thrower(new Exit("a")))).toEqual(["exit", "a"]);
  expect(caught(thrower(error))).toEqual(["error", error]);
  expect(caught(() => "a")).toEqual(["returned", "a"]);
  expect(error.stack).toMatch(/experiments-errors/);
});

test("B3 a catch takes every class here, and classOf tells them apart: a listed divergence", () => {
  const error = new Error("a");
  const onlyThrows = (run: () => unknown) => () => {
    try {
      return run();
    } catch (value) {
      if (classOf(value) !== "throw" || value !== "a") throw value;
      return "caught a";
    }
  };
  expect(caught(onlyThrows(thrower("a")))).toEqual(["returned", "caught a"]);
  expect(caught(onlyThrows(thrower(new Exit("a"))))).toEqual(["exit", "a"]);
  expect(caught(onlyThrows(thrower(error)))).toEqual(["error", error]);
  expect(caught(onlyThrows(thrower("b")))).toEqual(["throw", "b"]);
});

test("B4 a finally runs at an exit, and the exit goes on unless the finally returns", () => {
  simulate(function* main(self: Watching) {
    const ran: string[] = [];
    const reason = yield* reasonOf(self, () => {
      try {
        throw new Exit("e");
      } finally {
        ran.push("after");
      }
    });
    expect([reason, ran]).toEqual(["e", ["after"]]);
  }, seeds);
});

test("B4 a finally does not run in a process that is killed while it waits", () => {
  simulate(function* main(self: Watching) {
    const ran: string[] = [];
    const [pid] = self.spawnMonitor(function* child(me: Self<"stop">): Process {
      try {
        ran.push("waits");
        yield* me.receive({ stop: () => {} });
      } finally {
        ran.push("after");
      }
    });
    while (ran.length === 0) yield* self.yield();
    self.sendExit(pid, "kill");
    yield* self.receive({ DOWN: () => {} });
    expect(ran).toEqual(["waits"]);
  }, seeds);
});

test("B6 an old-style catch is written with classOf: it can tell a throw from a value", () => {
  const oldCatch = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (value) {
      return classOf(value) === "throw" ? value : ["EXIT", value];
    }
  };
  const error = new Error("x");
  expect(oldCatch(thrower("x"))).toBe("x");
  expect(oldCatch(thrower(new Exit("x")))).toEqual(["EXIT", new Exit("x")]);
  expect(oldCatch(thrower(error))).toEqual(["EXIT", error]);
  expect(caught(thrower("x"))).not.toEqual(caught(() => "x"));
});

test("B7 an uncaught throw ends its process with nocatch", () => {
  simulate(function* main(self: Watching) {
    expect(yield* reasonOf(self, thrower("ball"))).toEqual(["nocatch", "ball"]);
  }, seeds);
});

test("B8 an exit's reason is bare, an error's reason carries its stack", () => {
  simulate(function* main(self: Watching) {
    const bare = ["shutdown", "why"];
    expect(yield* reasonOf(self, thrower(new Exit(bare)))).toBe(bare);
    const error = (yield* reasonOf(self, thrower(new Error("why")))) as Error;
    expect(error.stack).toMatch(/experiments-errors/);
  }, seeds);
});

test("self.exit can be caught by its class, and the process goes on", () => {
  simulate(function* main(self: Watching) {
    expect(caught(() => self.exit("no"))).toEqual(["exit", "no"]);
    yield* self.yield();
  }, seeds);
});

test("an error in a clause harms only its own process", () => {
  const { reports } = simulate(function* main(
    self: Self<DownMessage | "still here">,
  ) {
    const bystander = self.spawn(function* bystander(
      me: Self<"hello">,
    ): Process {
      yield* me.receive({ hello: () => me.send(self.pid, "still here") });
    });
    const [victim] = self.spawnMonitor(function* victim(
      me: Self<"go">,
    ): Process {
      yield* me.receive({ go: thrower(new Error("in a clause")) });
    });
    self.send(victim, "go");
    const reason = yield* self.receive({ DOWN: (_r, _t, _p, why) => why });
    expect(String(reason)).toBe("Error: in a clause");
    self.send(bystander, "hello");
    yield* self.receive({ "still here": () => {} });
  }, seeds);
  expect(reports).toHaveLength(1);
});

test("a clause's error can be caught around the receive, and its message is gone", () => {
  simulate(function* main(self: Self<["n", number]>) {
    self.send(self.pid, ["n", 1]);
    self.send(self.pid, ["n", 2]);
    let message = "";
    try {
      yield* self.receive({ n: thrower(new Error("bad")) });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toBe("bad");
    expect(yield* self.receive({ n: (n) => n })).toBe(2);
  }, seeds);
});

test("Z a process without link or monitor that throws is reported as Erlang words it", () => {
  const { reports } = simulate(
    function* main(self: Self<never>) {
      const boom = new Error("boom");
      boom.stack = "Error: boom\n    at its place";
      for (const value of [boom, "ball", new Exit("boom")]) {
        self.spawn(function* lonely(): Process {
          throw value;
        });
      }
      self.sendExit(
        self.spawn(function* victim(me: Self<never>): Process {
          yield* me.receive();
        }),
        "kill",
      );
      yield* self.sleep(1);
    },
    { seed: 0 },
  );
  expect(reports.map(formatReport)).toEqual([
    "=ERROR REPORT==== Error in process <0.2.0> (lonely) with exit value:\n" +
      "Error: boom\n    at its place",
    "=ERROR REPORT==== Error in process <0.3.0> (lonely) with exit value:\n" +
      '["nocatch", "ball"]',
  ]);
});

test.each<[string, RegExp, (self: Self<"go">) => unknown]>([
  [
    "self.receive(clauses)",
    /self\.receive\(\{ go \}\) without yield\*.*Write: yield\* self\.receive\(\{ go \}\)/,
    (self) => self.receive({ go: () => {} }),
  ],
  ["self.receive()", /self\.receive\(\) without/, (self) => self.receive()],
  ["self.sleep", /self\.sleep\(…\) without yield\*/, (self) => self.sleep(5)],
  [
    "self.wait",
    /self\.wait\(…\) without yield\*/,
    (self) => self.wait(new Promise(() => {})),
  ],
  ["self.yield", /self\.yield\(\) without yield\*/, (self) => self.yield()],
])(
  "a forgotten yield* before %s is an error that names the call",
  (_name, says, forget) => {
    simulate(function* main(self: Watching) {
      const endings = [
        function* atTheEnd(me: Self<"go">): Process {
          forget(me);
        },
        function* beforeTheNext(me: Self<"go">): Process {
          forget(me);
          yield* me.receive();
        },
        function* beforeATailCall(me: Self<"go">): Process {
          forget(me);
          return atTheEnd(me);
          function* atTheEnd(_: Self<"go">): Process {}
        },
      ];
      for (const body of endings) {
        self.spawnMonitor(body);
        const why = yield* self.receive({
          DOWN: (_r, _t, _p, reason) => reason,
        });
        expect((why as RuntimeError).code).toBe("forgotten_yield");
        expect((why as RuntimeError).message).toMatch(says);
        expect((why as RuntimeError).message).toContain(body.name);
      }
    }, seeds);
  },
);

test("a suspending call that a body returns is a tail call and not forgotten", () => {
  const { elapsedMs } = simulate(function* main(self: Watching) {
    for (const give of [
      (me: Self<never>) => me.sleep(5),
      (me: Self<never>) => me.yield(),
    ]) {
      const [, ref] = self.spawnMonitor(function* child(
        me: Self<never>,
      ): Process {
        return give(me) as unknown as Process;
      });
      const why = yield* self.receive({
        DOWN: (got, _t, _p, reason) => [got, reason],
      });
      expect(why).toEqual([ref, "normal"]);
    }
  }, seeds);
  expect(elapsedMs).toBe(5);
});

test.each<[string, string, (me: Self<never>) => unknown]>([
  [
    "what was called already",
    "Give it the body and its arguments: spawn(serve, socket)",
    (me) => me.spawn(quiet() as never),
  ],
  ["nothing", "undefined is no body", (me) => me.spawn(undefined as never)],
  [
    "an address that is a called body",
    "send: a called body is no address",
    (me) => me.send(quiet() as never, "hello"),
  ],
  [
    "an address and a message that are swapped",
    "The address comes first: send(pid, message)",
    (me) => me.send("hello", me.pid),
  ],
])("%s is a badarg that says what is wanted", (_, says, act) => {
  simulate(function* main(self: Self<never>) {
    expect(() => act(self)).toThrow(says);
  }, seeds);
});

function* quiet(): Process {}

test.each<[string, string, (me: Self<never>) => unknown]>([
  ["an async function", "is an async function", async () => {}],
  ["an async generator", "is an async function", async function* () {}],
  [
    "yield without its star",
    "wrote yield before a body or a step",
    function* (): Generator<unknown> {
      yield quiet();
    },
  ],
  [
    "yield before a receive",
    "called self.receive() without yield*",
    function* (me): Generator<unknown> {
      yield me.receive();
    },
  ],
  [
    "a receive that is taken apart without yield*",
    "Either yield* is missing before a receive",
    function* (me): Generator<unknown> {
      const [a, b] = me.receive() as unknown as Iterable<unknown>;
      return [a, b] as never;
    },
  ],
  [
    "another process's self",
    "which is not the process that runs. A process has a self of its own",
    function* (me): Generator<unknown> {
      me.spawnLink(function* () {
        yield* me.receive();
      });
      yield* me.receive();
    },
  ],
  [
    "another's self, for which a message waits",
    "which is not the process that runs",
    function* (me): Generator<unknown> {
      me.send(me.pid as Pid<string>, "mine");
      me.spawnLink(function* () {
        expect(yield* me.receive()).toBe("not to be taken");
      });
      yield* me.sleep(1_000);
    },
  ],
  [
    "yield* before what gives its answer at once",
    "wrote yield* before something that gives its answer at once",
    function* (): Generator<unknown> {
      yield* "ok";
    },
  ],
  [
    "async and await in the place of function* and yield*",
    "is an async function, and a process is a function*",
    async function body(me) {
      await me.receive();
    },
  ],
  [
    "yield before a value",
    "yielded 5, which nobody takes",
    function* (): Generator<unknown> {
      yield 5;
    },
  ],
])("a body made with %s ends with an error that says so", (_, says, body) => {
  simulate(function* main(self: Watching) {
    self.spawnMonitor(body as never);
    const why = yield* self.receive({ DOWN: (_r, _t, _p, reason) => reason });
    expect((why as RuntimeError).message).toContain(says);
  }, seeds);
});
