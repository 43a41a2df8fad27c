import { expect, test } from "vitest";
import {
  after,
  type ExitMessage,
  isProcessAlive,
  type Pid,
  type Process,
  type Ref,
  type Self,
} from "#runtime";
import {
  exchange,
  type Run,
  SimulationError,
  simulate,
} from "#runtime/testing";

type Numbered = ["m", who: string, n: number];

function* sender(self: Self<never>, to: Pid<Numbered>, who: string): Process {
  for (let n = 0; n < 3; n++) {
    self.send(to, ["m", who, n]);
    yield* self.yield();
  }
}

/** Two senders race; what arrived goes to `judge` in the order of arrival. */
function race(judge: (got: [string, number][]) => void) {
  return function* main(self: Self<Numbered>): Process {
    for (const who of ["a", "b"]) self.spawn(sender, self.pid, who);
    const got: [string, number][] = [];
    while (got.length < 6) {
      yield* self.receive({ m: (who, n) => got.push([who, n]) });
    }
    judge(got);
  };
}

const asText = (run: Run) => run.trace.map((event) => JSON.stringify(event));

test("the same seed gives the same trace, event for event", () => {
  for (const seed of [0, 1, 2, 3]) {
    const [one, two] = [
      simulate(
        race(() => {}),
        { seed },
      ),
      simulate(
        race(() => {}),
        { seed },
      ),
    ];
    expect(asText(one)).toEqual(asText(two));
    expect(one.seed).toBe(seed);
  }
});

test("different seeds give different exchanges", () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 50; seed++) {
    const run = simulate(
      race(() => {}),
      { seed },
    );
    seen.add(exchange(run.trace));
  }
  expect(seen.size).toBeGreaterThan(25);
});

test("under 200 seeds the order of every pair is kept", () => {
  const orders = new Set<string>();
  simulate(
    race((got) => {
      for (const who of ["a", "b"]) {
        const own = got.filter(([from]) => from === who).map(([, n]) => n);
        expect(own).toEqual([0, 1, 2]);
      }
      orders.add(got.map(([from]) => from).join(""));
    }),
    { schedules: 200 },
  );
  // Six letters, three of each: 20 orders are possible, and most are tried.
  expect(orders.size).toBeGreaterThan(10);
});

/** Runs until a seed shows the mistake: "a always comes first". */
function failing(options: { seed?: number; schedules?: number }): string {
  try {
    simulate(
      race((got) => expect(got[0]?.[0]).toBe("a")),
      options,
    );
  } catch (error) {
    return (error as Error).message;
  }
  return "passed";
}

test("a failing run says its seed, and that seed alone replays the same exchange", () => {
  const found = failing({ schedules: 200 });
  const seed = Number(/replay with seed (\d+)/.exec(found)?.[1]);
  expect(seed).toBeGreaterThan(0);
  expect(failing({ seed })).toBe(found);
  expect(found).toMatch(/sender<0\.3\.0> → main<0\.1\.0> {2}\["m", "b", 0\]/);
});

function simulationError(run: () => unknown): SimulationError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(SimulationError);
    return error as SimulationError;
  }
  throw new Error("The simulation came to a good end.");
}

test("a deadlock is reported with what was wanted and what lies in the mailbox", () => {
  const error = simulationError(() =>
    simulate(
      function* main(self: Self<"yes" | "no" | "other">) {
        self.send(self.pid, "other");
        yield* self.receive({ yes: () => {}, no: () => {} });
      },
      { seed: 5 },
    ),
  );
  expect(error.code).toBe("deadlock");
  expect(error.message).toMatch(
    /<0\.1\.0> \(main\) still waits for "yes" or "no"\. In its mailbox: "other"/,
  );
  expect(error.message).toMatch(/replay with seed 5/);
});

test("a time limit is no deadlock: virtual time goes on to it at once", () => {
  const { elapsedMs } = simulate(function* main(self: Self<"x">) {
    yield* self.receive({ x: () => {} }, after(3_600_000));
  });
  expect(elapsedMs).toBe(3_600_000);
});

test("a storm of two that answer each other for ever is stopped and reported", () => {
  const error = simulationError(() =>
    simulate(
      function* main(self: Self<"ping">) {
        function* echo(me: Self<"ping">): Process {
          yield* me.receive({ ping: () => me.send(self.pid, "ping") });
          return echo(me);
        }
        const pid = self.spawn(echo);
        for (;;) {
          self.send(pid, "ping");
          yield* self.receive();
        }
      },
      { maxReductions: 1_000 },
    ),
  );
  expect(error.code).toBe("storm");
  expect(error.message).toMatch(/Still busy after 1000 steps/);
  expect(error.message).toMatch(/… \d+ earlier/);
});

test("a first process that exits is reported with its reason", () => {
  const error = simulationError(() =>
    simulate(function* main(self: Self<never>) {
      self.exit(["shutdown", "why"]);
    }),
  );
  expect(error.code).toBe("exit");
  expect(error.message).toMatch(/ended with \["shutdown", "why"\]/);
});

test("a signal can be overtaken by a chain of eight others, and few seeds show it", () => {
  const first: string[] = [];
  function* passOn(self: Self<"go">, to: Pid<"go"> | Pid<string>): Process {
    yield* self.receive({ go: () => self.send(to as Pid<string>, "go") });
  }
  for (let seed = 1; seed <= 60; seed++) {
    simulate(
      function* main(self: Self<string>) {
        let next = self.pid as Pid<string>;
        for (let i = 0; i < 8; i++) next = self.spawn(passOn, next) as never;
        const me = self.pid;
        self.spawn(function* sender(it: Self<never>) {
          it.send(me, "direct");
          it.send(next, "go");
        });
        first.push(yield* self.receive());
        yield* self.receive();
      },
      { seed },
    );
  }
  expect(first.filter((one) => one === "go").length).toBeGreaterThan(2);
  expect(first.filter((one) => one === "direct").length).toBeGreaterThan(30);
});

const rest = { _: (it: unknown) => it };

test("under no schedule a late message comes through an alias that is gone", () => {
  function* slow(self: Self<Ref<string>>): Process {
    const from = yield* self.receive();
    yield* self.sleep(10);
    self.send(from, "late");
  }
  for (let seed = 1; seed <= 60; seed++) {
    simulate(
      function* main(self: Self<unknown>) {
        const alias = self.alias();
        self.spawn(function* sender(it: Self<never>) {
          it.send(alias, "late");
        });
        yield* self.yield();
        self.unalias(alias);
        const heard = yield* self.receive(rest, after(0));
        // It came before, or never.
        if (heard !== undefined) expect(heard).toBe("late");
        expect(yield* self.receive(rest, after(50))).toBe(undefined);
        // A call that gives up in the moment in which it is answered.
        const server = self.spawn(slow);
        const ref = self.monitor(server, { alias: "reply_demonitor" });
        self.send(server, ref as Ref<string>);
        const reply = yield* self.receive(rest, after(10));
        if (reply !== undefined) return;
        self.demonitor(ref, { flush: true });
        expect(yield* self.receive(rest, after(50))).toBe(undefined);
      },
      { seed },
    );
  }
});

test("under no schedule a late link overtakes what the dead one had sent", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const heard: unknown[] = [];
    simulate(
      function* main(self: Self<ExitMessage | "m">) {
        self.trapExit(true);
        const pid = self.spawn(function* sender(it: Self<never>) {
          it.send(self.pid as Pid<string>, "m");
        });
        while (isProcessAlive(pid)) yield* self.yield();
        self.link(pid);
        for (let i = 0; i < 2; i++) heard.push((yield* self.receive())[0]);
      },
      { seed },
    );
    expect(heard, `seed ${seed}`).toEqual(["m", "EXIT"]);
  }
});

test("an error that takes no story is what the simulation throws all the same", () => {
  const aborted = new DOMException("stopped", "AbortError");
  const frozen = Object.freeze(new Error("frozen"));
  const again = new Error("again");
  for (const error of [aborted, frozen, again, again]) {
    const fail = () =>
      simulate(function* main(): Process {
        throw error;
      });
    expect(fail).toThrow(error);
  }
  expect(aborted.message).toMatch(/^stopped\n\nWhat happened \(replay/);
  expect(again.message.split("What happened").length).toBe(2);
  const odd = Object.assign(new Error(), { message: { a: 1 } });
  expect(() =>
    simulate(function* main(): Process {
      throw odd;
    }),
  ).toThrow(odd);
});
