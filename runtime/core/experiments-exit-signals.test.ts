import { expect, test } from "vitest";
import {
  after,
  type Body,
  type DownMessage,
  type ExitMessage,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import { simulate } from "#runtime/testing";

const seeds = { schedules: 20 };
type Watching = Self<DownMessage | ExitMessage | "x">;

function* idle(self: Self<"stop">): Process {
  yield* self.receive({ stop: () => {} });
}

function* ends(self: Self<never>, reason: unknown): Process {
  if (reason instanceof Error) throw reason;
  self.exit(reason);
}

/** The reason with which a process with this body ends. */
function* endOf<M = never>(self: Watching, body: Body<Self<M>, []>) {
  const [, ref] = self.spawnMonitor(body);
  return yield* self.receive({
    DOWN: (got, _type, _pid, why) => (got === ref ? why : "another"),
  });
}

function* parentOf(me: Self<never>, reason: unknown): Process {
  me.spawnLink(ends, reason);
  yield* me.sleep(1000);
  me.exit("survived");
}

test("C1 a linked process that ends normally does not hurt the other", () => {
  simulate(function* main(self: Watching) {
    const end = yield* endOf(self, (me: Self<never>) => parentOf(me, "normal"));
    expect(end).toBe("survived");
  }, seeds);
});

test("C2 a linked process that exits abnormally takes the other along, same reason", () => {
  simulate(function* main(self: Watching) {
    const end = yield* endOf(self, (me: Self<never>) => parentOf(me, "boom"));
    expect(end).toBe("boom");
  }, seeds);
});

test("C3 after an error in the linked process the other ends with the very same error", () => {
  const boom = new Error("boom");
  const { reports } = simulate(function* main(self: Watching) {
    expect(yield* endOf(self, (me: Self<never>) => parentOf(me, boom))).toBe(
      boom,
    );
  }, seeds);
  // The parent threw nothing; only the child is reported.
  expect(reports).toHaveLength(1);
});

test("C4 a trapping process gets exit signals as messages, normal ones too", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    const boom = new Error("boom");
    for (const reason of ["normal", "boom", boom]) {
      const pid = self.spawnLink(ends, reason);
      const got = yield* self.receive({ EXIT: (from, why) => [from, why] });
      expect(got).toEqual([pid, reason]);
    }
    const ball = self.spawnLink(function* child(): Process {
      throw "ball";
    });
    const got = yield* self.receive({ EXIT: (from, why) => [from, why] });
    expect(got).toEqual([ball, ["nocatch", "ball"]]);
  }, seeds);
});

const reasons = ["normal", "shutdown", "boom", "kill", "killed"];

test("C6 exit signals kill a process that does not trap, all but normal", () => {
  simulate(function* main(self: Watching) {
    const ended: unknown[] = [];
    for (const reason of reasons) {
      const [pid, ref] = self.spawnMonitor(idle);
      self.sendExit(pid, reason);
      const why = {
        DOWN: (_r: unknown, _t: "process", _p: unknown, w: unknown) => w,
      };
      ended.push(
        yield* self.receive(
          why,
          after(50, () => "alive"),
        ),
      );
      self.demonitor(ref, { flush: true });
      self.send(pid, "stop");
    }
    expect(ended).toEqual(["alive", "shutdown", "boom", "killed", "killed"]);
  }, seeds);
});

test("C7 exit signals are messages to a process that traps, all but kill", () => {
  simulate(function* main(
    self: Self<DownMessage | ["saw", Pid, unknown] | "go">,
  ) {
    const ended: unknown[] = [];
    for (const reason of reasons) {
      const [pid, ref] = self.spawnMonitor(function* target(
        me: Self<ExitMessage>,
      ): Process {
        me.trapExit(true);
        self.send(self.pid, "go");
        yield* me.receive({
          EXIT: (from, why) => me.send(self.pid, ["saw", from, why]),
        });
      });
      yield* self.receive({ go: () => {} });
      self.sendExit(pid, reason);
      ended.push(
        yield* self.receive({
          saw: (from, why) => ["message", from === self.pid, why],
          DOWN: (_r, _t, _p, why) => ["died", why],
        }),
      );
      self.demonitor(ref, { flush: true });
    }
    expect(ended).toEqual([
      ["message", true, "normal"],
      ["message", true, "shutdown"],
      ["message", true, "boom"],
      ["died", "killed"],
      ["message", true, "killed"],
    ]);
  }, seeds);
});

test("C8 an exit signal to oneself ends the caller, normal too; trapped it is a message", () => {
  simulate(function* main(self: Watching) {
    const signal = (reason: string, trap: boolean) =>
      function* child(me: Self<ExitMessage>): Process {
        me.trapExit(trap);
        me.sendExit(me.pid, reason);
        const got = yield* me.receive(
          { EXIT: (from, why) => ["message", from === me.pid, why] },
          after(100, () => "survived"),
        );
        me.exit(got);
      };
    expect(yield* endOf(self, signal("normal", false))).toBe("normal");
    expect(yield* endOf(self, signal("boom", false))).toBe("boom");
    expect(yield* endOf(self, signal("kill", false))).toBe("killed");
    expect(yield* endOf(self, signal("kill", true))).toBe("killed");
    expect(yield* endOf(self, signal("normal", true))).toEqual([
      "message",
      true,
      "normal",
    ]);
  }, seeds);
});

test("C8 what a process catches does not save it from its own signal", () => {
  simulate(function* main(self: Watching) {
    const end = yield* endOf(self, function* child(me: Self<never>): Process {
      try {
        me.sendExit(me.pid, "kill");
      } catch {}
      yield* me.sleep(10);
      me.exit("survived");
    });
    expect(end).toBe("killed");
  }, seeds);
});

test("C9 a kill reaches the linked ones as killed, which can be trapped", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    const pid = self.spawnLink(function* victim(me: Self<never>): Process {
      me.trapExit(true);
      yield* me.sleep(1000);
    });
    self.sendExit(pid, "kill");
    const got = yield* self.receive({ EXIT: (from, why) => [from, why] });
    expect(got).toEqual([pid, "killed"]);
  }, seeds);
});

test("C10 exit(kill) of oneself is a reason like any other, and can be trapped over a link", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    const pid = self.spawnLink(ends, "kill");
    const got = yield* self.receive({ EXIT: (from, why) => [from, why] });
    expect(got).toEqual([pid, "kill"]);
    expect(yield* endOf(self, (me: Self<never>) => parentOf(me, "kill"))).toBe(
      "kill",
    );
  }, seeds);
});
