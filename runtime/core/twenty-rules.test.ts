import { expect, test } from "vitest";
import {
  after,
  createNode,
  type DownMessage,
  Exit,
  type ExitMessage,
  isProcessAlive,
  type Process,
  processInfo,
  type RuntimeError,
  type Self,
  steppedByHand,
} from "#runtime";
import { simulate } from "#runtime/testing";

// The twenty rules that a re-implementation most easily gets wrong, as far as
// processes go: 1 to 12 and 20. Rules 13 to 19 are about behaviours.

const seeds = { schedules: 50 };
type M = DownMessage | ExitMessage | "a" | "b" | "c";
type Me = Self<M>;

function* idle(self: Self<"stop">): Process {
  yield* self.receive({ stop: () => {} });
}

function* ending(self: Self<never>, thrown: unknown): Process {
  if (thrown === undefined) return;
  yield* self.yield();
  throw thrown;
}

/** What the next DOWN says, or "alive" if none comes for 20 ms. */
function* ended(self: Me) {
  return yield* self.receive(
    { DOWN: (_ref, _type, _pid, why) => why },
    after(20, () => "alive"),
  );
}

/** What lies in the mailbox: the tag of each message, oldest first. */
function tags(self: Me): unknown[] {
  const messages = processInfo(self.pid)?.messages ?? [];
  return messages.map((one) => (Array.isArray(one) ? one[0] : one));
}

function codeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as RuntimeError).code;
  }
}

test("rule 1: order is per pair and covers exit signals and DOWN too", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const pid = self.spawnLink(function* child(me: Self<never>): Process {
      me.send(self.pid, "a");
      me.sendExit(self.pid, "signal");
      me.send(self.pid, "b");
    });
    yield* self.sleep(10);
    expect(tags(self)).toEqual(["a", "EXIT", "b", "EXIT"]);
    expect(isProcessAlive(pid)).toBe(false);
  }, seeds);
});

test("rule 2: for each message, oldest first, all clauses are tried", () => {
  simulate(function* main(self: Me) {
    for (const m of ["a", "b", "c"] as const) self.send(self.pid, m);
    const took = yield* self.receive({ c: () => "c", b: () => "b" });
    expect(took).toBe("b");
  }, seeds);
});

test("rule 3: skipped messages keep their places, and a new receive starts at the oldest", () => {
  simulate(function* main(self: Me) {
    for (const m of ["a", "b", "c"] as const) self.send(self.pid, m);
    yield* self.receive({ b: () => {} });
    yield* self.sleep(1);
    expect(tags(self)).toEqual(["a", "c"]);
    expect(yield* self.receive()).toBe("a");
  }, seeds);
});

test("rule 4: after 0 scans everything first, and arrivals do not start a time limit again", () => {
  const { elapsedMs } = simulate(function* main(self: Me) {
    for (const m of ["a", "a", "b"] as const) self.send(self.pid, m);
    yield* self.sleep(1);
    expect(yield* self.receive({ b: () => "b" }, after(0))).toBe("b");
    for (const ms of [3, 6, 9, 12]) self.sendAfter(ms, self.pid, "a");
    yield* self.receive({ b: () => {} }, after(10));
  }, seeds);
  expect(elapsedMs).toBe(11);
});

test("rule 5: to a dead pid nothing, to an unknown name badarg, to [name, node] nothing", () => {
  simulate(function* main(self: Me) {
    const [dead] = self.spawnMonitor(ending, undefined);
    yield* ended(self);
    expect(codeOf(() => self.send(dead, "x" as never))).toBeUndefined();
    expect(codeOf(() => self.send("bob", "x"))).toBe("badarg");
    expect(codeOf(() => self.send(["bob", self.node], "x"))).toBeUndefined();
  }, seeds);
});

test("rule 6: an exit's reason is bare, an error is itself, a throw is nocatch, an end is normal", () => {
  simulate(function* main(self: Me) {
    const error = new Error("boom");
    const expected = new Map<unknown, unknown>([
      [new Exit("x"), "x"],
      [error, error],
      ["x", ["nocatch", "x"]],
      [undefined, "normal"],
    ]);
    for (const [thrown, reason] of expected) {
      self.spawnMonitor(ending, thrown);
      expect(yield* ended(self)).toEqual(reason);
    }
  }, seeds);
});

test("rule 7: normal kills nobody, over a link or sent, except oneself", () => {
  simulate(function* main(self: Me) {
    const [pid] = self.spawnMonitor(function* child(me: Self<"stop">): Process {
      me.spawnLink(ending, new Exit("normal"));
      return idle(me);
    });
    self.sendExit(pid, "normal");
    expect(yield* ended(self)).toBe("alive");
    self.spawnMonitor(function* child(me: Self<"stop">): Process {
      me.sendExit(me.pid, "normal");
      return idle(me);
    });
    expect(yield* ended(self)).toBe("normal");
  }, seeds);
});

test("rule 8: only a kill that is sent cannot be trapped; links see killed", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const why = { EXIT: (_from: unknown, reason: unknown) => reason };
    self.sendExit(
      self.spawnLink(function* trapper(me: Self<ExitMessage>): Process {
        me.trapExit(true);
        for (;;) yield* me.receive();
      }),
      "kill",
    );
    expect(yield* self.receive(why)).toBe("killed");
    self.spawnLink(ending, new Exit("kill"));
    expect(yield* self.receive(why)).toBe("kill");
  }, seeds);
});

test("rule 9: a trapping process gets normal exits too", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    self.spawnLink(ending, undefined);
    const why = yield* self.receive({ EXIT: (_from, reason) => reason });
    expect(why).toBe("normal");
  }, seeds);
});

test("rule 10: a link to the dead is noproc, there is one per pair, and unlink is final", () => {
  simulate(function* main(self: Me) {
    const [dead] = self.spawnMonitor(ending, undefined);
    yield* ended(self);
    expect(codeOf(() => self.link(dead))).toBe("noproc");
    self.trapExit(true);
    const pid = self.spawnLink(idle);
    self.link(pid);
    self.sendExit(pid, "kill");
    yield* self.sleep(10);
    expect(tags(self)).toEqual(["EXIT"]);
    const other = self.spawnLink(idle);
    self.sendExit(other, "kill");
    self.unlink(other);
    yield* self.sleep(10);
    expect(tags(self)).toEqual(["EXIT"]);
  }, seeds);
});

test("rule 11: monitors stack, are one way, say noproc at once; flush leaves nothing", () => {
  simulate(function* main(self: Me) {
    const pid = self.spawn(idle);
    const refs = [self.monitor(pid), self.monitor(pid), self.monitor(pid)];
    self.sendExit(pid, "kill");
    yield* self.sleep(10);
    expect(tags(self)).toHaveLength(3);
    for (const ref of refs) self.demonitor(ref, { flush: true });
    expect(tags(self)).toEqual([]);
    self.monitor(pid);
    expect(yield* ended(self)).toBe("noproc");
  }, seeds);
});

test("rule 12: a name is free before DOWN and EXIT go out; mistakes are badarg", () => {
  simulate(function* main(self: Me) {
    self.trapExit(true);
    const pid = self.spawnLink(idle);
    self.register("bob", pid);
    expect(codeOf(() => self.register("bob"))).toBe("badarg");
    self.send("bob", "stop");
    yield* self.receive({ EXIT: () => {} });
    expect(self.whereis("bob")).toBeUndefined();
  }, seeds);
});

test("rule 20: a lost node is noconnection to those who watched its processes", () => {
  const scheduler = steppedByHand;
  const [near, far] = ["near@here", "far@here"].map((name) =>
    createNode({ name, scheduler }),
  );
  const told: unknown[] = [];
  const pid = far?.spawn(idle);
  near?.spawn(function* watcher(self: Me): Process {
    if (pid) self.monitor(pid);
    yield* self.receive({ DOWN: (_ref, _type, _pid, why) => told.push(why) });
  });
  near?.step();
  far?.stop();
  near?.step();
  near?.stop();
  expect(told).toEqual(["noconnection"]);
});
