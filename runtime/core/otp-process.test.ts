import { expect, test } from "vitest";
import {
  after,
  isProcessAlive,
  type Pid,
  type Process,
  processInfo,
  RuntimeError,
  type Self,
} from "#runtime";
import { simulate } from "#runtime/testing";

type Term = [tag: string, ...fields: unknown[]];
const seeds = { schedules: 20 };

function* idle(self: Self<Term>): Process {
  yield* self.receive({ stop: () => {} });
}

/** Why a linked process with this body ends. The caller traps exits. */
function* exitOf(self: Self<Term>, body: (me: Self<Term>) => Process | void) {
  self.trapExit(true);
  const pid = self.spawnLink(body);
  const [from, reason] = yield* self.receive({
    EXIT: (from: unknown, reason: unknown) => [from, reason],
  });
  expect(from).toBe(pid);
  return reason;
}

test("process_SUITE: t_exit_2_other ends another process with a big reason", () => {
  simulate(function* main(self: Self<Term>) {
    self.trapExit(true);
    const reason = Array.from({ length: 5_000 }, (_, n) => ["big", n]);
    const pid = self.spawnLink(idle);
    self.sendExit(pid, reason);
    const exit = { EXIT: (from: unknown, why: unknown) => [from, why] };
    const [from, why] = yield* self.receive(exit);
    expect([from === pid, why === reason]).toEqual([true, true]);
  }, seeds);
});

test("process_SUITE: t_exit_2_other_normal does not end another process", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(idle);
    self.sendExit(pid, "normal");
    yield* self.sleep(50);
    expect(isProcessAlive(pid)).toBe(true);
    self.send(pid, ["stop"]);
  }, seeds);
});

test.each([
  ["normal_suicide_exit", "normal"],
  ["abnormal_suicide_exit", ["term", { deep: [1, 2] }]],
])("process_SUITE: %s ends oneself with %j", (_case, reason) => {
  simulate(function* main(self: Self<Term>) {
    const why = yield* exitOf(self, function* suicide(me): Process {
      me.sendExit(me.pid, reason);
      me.exit("went on");
      yield* me.yield();
    });
    expect(why).toEqual(reason);
  }, seeds);
});

test.each(["trap_exit_badarg", "trap_exit_badarg_in_bif"])(
  "process_SUITE: %s brings the error itself, which carries the stack",
  (name) => {
    simulate(function* main(self: Self<Term>) {
      const why = yield* exitOf(self, function* failing(me): Process {
        if (name.endsWith("bif")) me.link("no pid" as never);
        else me.send("nobody here", ["x"]);
        yield* me.yield();
      });
      expect(why).toBeInstanceOf(RuntimeError);
      expect((why as RuntimeError).code).toBe("badarg");
      expect((why as RuntimeError).stack).toContain("failing");
    }, seeds);
  },
);

test("process_SUITE: exit_and_timeout at one moment end the process once", () => {
  const reasons = new Set<unknown>();
  simulate(
    function* main(self: Self<Term>) {
      const pid = self.spawn(function* waiting(me: Self<Term>): Process {
        yield* me.receive({}, after(20));
        me.exit("timed out");
      });
      const ref = self.monitor(pid);
      yield* self.sleep(20);
      self.sendExit(pid, "signalled");
      const [got, , , why] = yield* self.receive({
        DOWN: (...fields: unknown[]) => fields,
      });
      expect(got).toBe(ref);
      reasons.add(why);
      const again = { DOWN: () => "again" };
      expect(yield* self.receive(again, after(50))).toBe(undefined);
    },
    { schedules: 100 },
  );
  for (const why of reasons) {
    expect(["signalled", "timed out", "noproc"]).toContain(why);
  }
});

test("process_SUITE: exit_twice obeys the first of two signals", () => {
  simulate(function* main(self: Self<Term>) {
    self.trapExit(true);
    const pid = self.spawnLink(idle);
    self.sendExit(pid, "first");
    self.sendExit(pid, "second");
    const why = yield* self.receive({ EXIT: (_from, reason) => reason });
    expect(why).toBe("first");
    const again = { EXIT: () => "again" };
    expect(yield* self.receive(again, after(50))).toBe(undefined);
  }, seeds);
});

test("process_SUITE: process_flag_badarg refuses what is neither true nor false", () => {
  simulate(function* main(self: Self<Term>) {
    for (const value of ["true", 1, undefined, null]) {
      const set = () => self.trapExit(value as never);
      expect(set).toThrow(expect.objectContaining({ code: "badarg" }));
    }
    expect([self.trapExit(true), self.trapExit(false)]).toEqual([false, true]);
    yield* self.yield();
  });
});

test("process_SUITE: t_process_info tells name, links, flag, queue and status", () => {
  simulate(function* main(self: Self<Term>) {
    expect(processInfo(self.pid)?.registeredName).toBe(undefined);
    self.register("a_name");
    const child = self.spawnLink(idle);
    self.trapExit(true);
    self.send(self.pid, ["m"]);
    const {
      label: _,
      monitors: _m,
      monitoredBy: _b,
      ...info
    } = processInfo(self.pid) ?? ({} as never);
    expect(info).toEqual({
      pid: self.pid,
      registeredName: "a_name",
      status: "running",
      links: [child],
      trapExit: true,
      messageQueueLength: 1,
      messages: [["m"]],
    });
    self.sendExit(child, "kill");
    yield* self.sleep(10);
    expect(processInfo(child)).toBe(undefined);
  }, seeds);
});

test("process_SUITE: process_info_other_msg shows what waits for another", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(idle);
    for (const n of [1, 2, 3]) self.send(pid, ["m", n]);
    yield* self.sleep(10);
    const info = processInfo(pid);
    expect(info?.messageQueueLength).toBe(3);
    expect(info?.messages).toEqual([1, 2, 3].map((n) => ["m", n]));
    self.send(pid, ["stop"]);
  }, seeds);
});

test("process_SUITE: process_info_other_status tells a waiting one from a runnable one", () => {
  simulate(function* main(self: Self<Term>) {
    const waiting = self.spawn(idle);
    const busy = self.spawn(function* busy(me: Self<Term>): Process {
      for (let n = 0; n < 1_000; n++) yield* me.yield();
    });
    yield* self.yield();
    expect(processInfo(busy)?.status).toBe("runnable");
    yield* self.sleep(1);
    expect(processInfo(waiting)?.status).toBe("waiting");
    expect(processInfo(self.pid)?.status).toBe("running");
    self.sendExit(busy, "kill");
  }, seeds);
});

test.each([
  ["process_info_self_signal", 1],
  ["process_info_self_msgq_len", 10],
  ["process_info_self_msgq_len_messages", 100],
  ["process_info_self_msgq_len_more", 10_000],
])(
  "process_SUITE: %s shows at once what one sends to oneself",
  (_case, many) => {
    simulate(function* main(self: Self<Term>) {
      const parent: Pid<Term> = self.pid;
      for (let n = 0; n < many; n++) self.send(parent, ["m", n]);
      const info = processInfo(self.pid);
      expect(info?.messageQueueLength).toBe(many);
      expect(info?.messages.at(-1)).toEqual(["m", many - 1]);
      yield* self.yield();
    });
  },
);

test.each(["bump_reductions", "yield", "yield2", "low_prio", "otp_4725"])(
  "process_SUITE: %s, adapted: of several that never rest each gets its turns",
  (name) => {
    const turns = new Map<number, number>();
    simulate(
      function* main(self: Self<Term>) {
        const pids = [0, 1, 2].map((which) =>
          self.spawn(function* busy(me: Self<Term>): Process {
            for (;;) {
              turns.set(which, (turns.get(which) ?? 0) + 1);
              if (name.startsWith("yield")) yield* me.yield();
              else yield* me.receive({}, after(0));
            }
          }),
        );
        for (let n = 0; n < 50; n++) yield* self.yield();
        for (const pid of pids) self.sendExit(pid, "kill");
      },
      { seed: 0 },
    );
    const counts = [...turns.values()];
    expect(counts.length).toBe(3);
    expect(Math.max(...counts)).toBeLessThan(2 * Math.min(...counts));
  },
);
