import { expect, test } from "vitest";
import {
  after,
  isProcessAlive,
  type Pid,
  type Process,
  processInfo,
  type Ref,
  type Self,
} from "#runtime";
import { simulate } from "#runtime/testing";

type Term = [tag: string, ...fields: unknown[]];
const seeds = { schedules: 20 };

function* idle(self: Self<Term>): Process {
  yield* self.receive({
    stop: () => {},
    exit: (reason) => self.exit(reason),
  });
}

/** Takes a DOWN, or says "none" after 50 ms. */
function* down(self: Self<Term>) {
  return yield* self.receive(
    { DOWN: (...fields: unknown[]) => fields },
    after(50, () => "none"),
  );
}

test.each(["case_1", "case_1a"])(
  "monitor_SUITE: %s survives the watched one killing its watcher",
  (name) => {
    simulate(function* main(self: Self<Term>) {
      function* watched(me: Self<Term>): Process {
        const from = yield* me.receive({ kill: (pid) => pid as Pid });
        me.sendExit(from, "kill");
        if (name === "case_1a") yield* me.sleep(10);
      }
      const victim = self.spawn(function* watcher(me: Self<Term>): Process {
        const [pid] = me.spawnMonitor(watched);
        me.send(pid, ["kill", me.pid]);
        yield* idle(me);
      });
      const ref = self.monitor(victim);
      expect(yield* down(self)).toEqual([ref, "process", victim, "killed"]);
      yield* self.sleep(20);
      expect(processInfo(self.pid)?.monitors).toEqual([]);
    }, seeds);
  },
);

test.each([
  ["case_2", "normal"],
  ["case_2a", "boom"],
])(
  "monitor_SUITE: %s lets the watched one not take the monitor back (%s)",
  (_case, reason) => {
    simulate(function* main(self: Self<Term>) {
      const pid = self.spawn(function* watched(me: Self<Term>): Process {
        const ref = yield* me.receive({ ref: (it) => it as Ref });
        expect(me.demonitor(ref, { info: true })).toBe(false);
        me.exit(reason);
      });
      const ref = self.monitor(pid);
      self.send(pid, ["ref", ref]);
      expect(yield* down(self)).toEqual([ref, "process", pid, reason]);
    }, seeds);
  },
);

test.each([[1], [{}], [["a", "b", "c"]], [[1, 2]], [undefined]])(
  "monitor_SUITE: mon_e_1 refuses to watch %s with badarg",
  (watched) => {
    simulate(function* main(self: Self<Term>) {
      const watch = () => self.monitor(watched as never);
      expect(watch).toThrow(expect.objectContaining({ code: "badarg" }));
      yield* self.yield();
    });
  },
);

test("monitor_SUITE: demon_1 finds nothing to do for an unknown reference", () => {
  simulate(function* main(self: Self<Term>) {
    expect(self.demonitor(self.makeRef())).toBe(true);
    const wrong = () => self.demonitor("no reference" as never);
    expect(wrong).toThrow(expect.objectContaining({ code: "badarg" }));
    yield* self.yield();
  });
});

test("monitor_SUITE: mon_1 tells normal, another reason, and noproc", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(idle);
    const first = self.monitor(pid);
    self.send(pid, ["stop"]);
    expect(yield* down(self)).toEqual([first, "process", pid, "normal"]);
    const late = self.monitor(pid);
    expect(yield* down(self)).toEqual([late, "process", pid, "noproc"]);
    const other = self.spawn(idle);
    self.register("monitor_1", other);
    const named = self.monitor("monitor_1");
    self.send(other, ["exit", "another"]);
    const object = ["monitor_1", self.node];
    expect(yield* down(self)).toEqual([named, "process", object, "another"]);
  }, seeds);
});

test("monitor_SUITE: demon_2 works before and after the DOWN, twice, and for oneself", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(idle);
    const early = self.monitor(pid);
    expect(self.demonitor(early, { info: true })).toBe(true);
    expect(self.demonitor(early, { info: true })).toBe(false);
    const kept = self.monitor(pid);
    self.send(pid, ["stop"]);
    expect(yield* down(self)).toEqual([kept, "process", pid, "normal"]);
    expect(self.demonitor(kept)).toBe(true);
    expect(self.demonitor(self.monitor(self.pid), { info: true })).toBe(false);
    expect(yield* down(self)).toBe("none");
  }, seeds);
});

test("monitor_SUITE: gh_5225_demonitor_alias leaves a reference alone that is only an alias", () => {
  simulate(function* main(self: Self<Term>) {
    const alias = self.alias();
    expect(self.demonitor(alias as Ref)).toBe(true);
    expect(self.demonitor(alias as Ref, { info: true })).toBe(false);
    self.send(alias, ["hello"]);
    expect(yield* self.receive({ hello: () => "there" })).toBe("there");
    expect(self.unalias(alias as Ref)).toBe(true);
  });
});

test("monitor_SUITE: local_remove_monitor removes the monitor or the DOWN, never both, never none", () => {
  const outcomes = new Set<boolean>();
  simulate(
    function* main(self: Self<Term>) {
      for (let n = 0; n < 5; n++) {
        const [, ref] = self.spawnMonitor(function* brief(): Process {});
        for (let i = 0; i < n; i++) yield* self.yield();
        const waiting = processInfo(self.pid)?.messageQueueLength === 1;
        const removed = self.demonitor(ref, { flush: true, info: true });
        expect(removed).toBe(!waiting);
        outcomes.add(removed);
        expect(yield* down(self)).toBe("none");
      }
    },
    { schedules: 50 },
  );
  expect(outcomes.size).toBe(2);
});

test("monitor_SUITE: large_exit brings a big reason unharmed", () => {
  simulate(function* main(self: Self<Term>) {
    const reason = Array.from({ length: 10_000 }, (_, n) => ["item", n]);
    const pid = self.spawn(idle);
    const ref = self.monitor(pid);
    self.send(pid, ["exit", reason]);
    expect(yield* down(self)).toEqual([ref, "process", pid, reason]);
  });
});

test("monitor_SUITE: list_cleanup keeps no monitor after demonitor, DOWN or death", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(idle);
    self.register("cleaned", pid);
    const lists = () => [
      processInfo(self.pid)?.monitors,
      processInfo(pid)?.monitoredBy,
    ];
    for (const watched of [pid, "cleaned"] as const) {
      const ref = self.monitor(watched);
      expect(lists()).toEqual([[pid], [self.pid]]);
      self.demonitor(ref);
      expect(lists()).toEqual([[], []]);
    }
    const watcher = self.spawn(function* watcher(me: Self<Term>): Process {
      me.monitor(pid);
      yield* idle(me);
    });
    yield* self.sleep(10);
    expect(processInfo(pid)?.monitoredBy).toEqual([watcher]);
    self.sendExit(watcher, "kill");
    yield* self.sleep(10);
    expect(processInfo(pid)?.monitoredBy).toEqual([]);
    self.monitor("cleaned");
    self.sendExit(pid, "kill");
    yield* down(self);
    expect(lists()).toEqual([[], undefined]);
  }, seeds);
});

test("monitor_SUITE: named_down comes when the name is free again", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(idle);
    self.register("briefly", pid);
    const ref = self.monitor("briefly");
    self.sendExit(pid, "kill");
    expect((yield* down(self))[0]).toBe(ref);
    self.register("briefly");
    expect(self.whereis("briefly")).toBe(self.pid);
    expect(isProcessAlive(pid)).toBe(false);
  }, seeds);
});

test("monitor_SUITE: monitor_tag_storage puts the tag where DOWN would stand", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(idle);
    for (const tag of ["plain", ["a", { big: [1, 2, 3] }], 17]) {
      const watched = tag === 17 ? pid : self.spawn(idle);
      const ref = self.monitor(watched, { tag });
      self.send(watched, ["exit", "x"]);
      const got: unknown = yield* self.receive();
      expect(got).toEqual([tag, ref, "process", watched, "x"]);
    }
  }, seeds);
});

test("monitor_SUITE: unexpected_alias_at_demonitor_gh5310 ends the alias with the monitor", () => {
  simulate(function* main(self: Self<Term>) {
    const ref = self.monitor(self.spawn(idle), { alias: "demonitor" });
    self.send(ref as Ref<Term>, ["one"]);
    expect(yield* self.receive({ one: () => 1 })).toBe(1);
    self.demonitor(ref);
    self.send(ref as Ref<Term>, ["two"]);
    const late = self.receive(
      { two: () => "late" },
      after(50, () => "none"),
    );
    expect(yield* late).toBe("none");
  }, seeds);
});

test.each(["explicit_unalias", "demonitor", "reply_demonitor"] as const)(
  "monitor_SUITE: monitor_3_noproc_gh6185 gives one DOWN noproc with its tag, alias %s",
  (alias) => {
    simulate(function* main(self: Self<Term>) {
      const pid = self.spawn(function* brief(): Process {});
      yield* self.sleep(10);
      const ref = self.monitor(pid, { tag: "gone", alias });
      expect(yield* self.receive()).toEqual([
        "gone",
        ref,
        "process",
        pid,
        "noproc",
      ]);
      self.send(ref as Ref<Term>, ["hello"]);
      const clauses = { hello: () => "alias", gone: () => "again" };
      const next = yield* self.receive(
        clauses,
        after(50, () => "none"),
      );
      expect(next).toBe(alias === "explicit_unalias" ? "alias" : "none");
    }, seeds);
  },
);
