import { expect, test } from "vitest";
import {
  after,
  type Pid,
  type Process,
  processInfo,
  type Self,
} from "#runtime";
import { simulate } from "#runtime/testing";

type Term = [tag: string, ...fields: unknown[]];
const seeds = { schedules: 50 };

test("signal_SUITE: xm_sig_order sees the messages sent before the exit signal and none sent after", () => {
  simulate(
    function* main(self: Self<Term>) {
      const seen: unknown[] = [];
      const taker = self.spawn(function* taker(me: Self<Term>): Process {
        for (;;) yield* me.receive({ m: (n) => seen.push(n) });
      });
      const ref = self.monitor(taker);
      self.send(taker, ["m", 1]);
      self.send(taker, ["m", 2]);
      self.sendExit(taker, "enough");
      self.send(taker, ["m", 3]);
      const down = { DOWN: (...fields: unknown[]) => fields };
      const [got, , , reason] = yield* self.receive(down);
      expect([got === ref, reason]).toEqual([true, "enough"]);
      // Not more than was sent before; a killed process reads no further.
      expect([1, 2].slice(0, seen.length)).toEqual(seen);
    },
    { schedules: 1000 },
  );
});

test("signal_SUITE: xm_sig_order holds for a trapping receiver, message for message", () => {
  simulate(function* main(self: Self<Term>) {
    const parent = self.pid;
    const taker = self.spawn(function* taker(me: Self<Term>): Process {
      me.trapExit(true);
      me.send(parent, ["ready"]);
      for (let n = 0; n < 4; n++) {
        me.send(parent, ["saw", (yield* me.receive())[0]]);
      }
    });
    yield* self.receive({ ready: () => {} });
    self.send(taker, ["a"]);
    self.sendExit(taker, "x");
    self.send(taker, ["b"]);
    self.sendExit(taker, "y");
    const order: unknown[] = [];
    for (let n = 0; n < 4; n++) {
      order.push(yield* self.receive({ saw: (tag) => tag }));
    }
    expect(order).toEqual(["a", "EXIT", "b", "EXIT"]);
  }, seeds);
});

test("signal_SUITE: unlink_exit gives noproc for a link to a process that unlinked and ends", () => {
  simulate(function* main(self: Self<Term>) {
    self.trapExit(true);
    const parent = self.pid;
    const child = self.spawnLink(function* child(me: Self<Term>): Process {
      me.unlink(parent);
      me.send(parent, ["unlinked"]);
      me.exit("the real reason");
      yield* me.yield();
    });
    yield* self.receive({ unlinked: () => {} });
    const ref = self.monitor(child);
    expect(yield* self.receive({ DOWN: (got) => got })).toBe(ref);
    self.link(child);
    const reason = yield* self.receive({ EXIT: (_from, why) => why });
    expect(reason).toBe("noproc");
    expect(yield* self.receive({ EXIT: () => "again" }, after(50))).toBe(
      undefined,
    );
  }, seeds);
});

test("signal_SUITE: a link made again while its exit signal is under way brings one EXIT", () => {
  simulate(function* main(self: Self<Term>) {
    self.trapExit(true);
    const child = self.spawnLink(function* child(): Process {});
    yield* self.yield();
    yield* self.yield();
    // An EXIT that has come already is of the first link and counts apart.
    const before = processInfo(self.pid)?.messageQueueLength as number;
    self.link(child);
    const exits: unknown[] = [];
    for (;;) {
      const why = yield* self.receive({ EXIT: (_p, why) => why }, after(50));
      if (why === undefined) break;
      exits.push(why);
    }
    expect(exits.length).toBe(before + 1);
    expect(["normal", "noproc"]).toContain(exits.at(-1));
  }, seeds);
});

test("signal_SUITE: monitor_order lets no DOWN overtake a message of the dead process", () => {
  simulate(function* main(self: Self<Term>) {
    const parent: Pid<Term> = self.pid;
    self.spawnMonitor(function* talker(me: Self<Term>): Process {
      for (let n = 0; n < 10; n++) {
        me.send(parent, ["m", n]);
        if (n % 3 === 0) yield* me.yield();
      }
      me.exit("done");
    });
    const order: unknown[] = [];
    for (let n = 0; n < 11; n++) {
      const [tag, first] = yield* self.receive();
      order.push(tag === "m" ? first : tag);
    }
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, "DOWN"]);
  }, seeds);
});
