import { expect, test } from "vitest";
import {
  after,
  isProcessAlive,
  type Pid,
  type Process,
  processInfo,
  type Self,
} from "#runtime";
import { simulate } from "#runtime/testing";

type Term = [tag: string, ...fields: unknown[]];
const seeds = { schedules: 20 };

function* idle(self: Self<Term>): Process {
  yield* self.receive({ stop: () => {} });
}

const links = (pid: Pid) => processInfo(pid)?.links;

test("erl_link_SUITE: links are symmetric, and a second one changes nothing", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawnLink(idle);
    self.link(pid);
    expect(links(self.pid)).toEqual([pid]);
    expect(links(pid)).toEqual([self.pid]);
    self.unlink(pid);
    self.unlink(pid);
    expect([links(self.pid), links(pid)]).toEqual([[], []]);
    self.sendExit(pid, "kill");
    yield* self.sleep(10);
    expect(isProcessAlive(pid)).toBe(false);
  }, seeds);
});

test("erl_link_SUITE: links deliver EXIT to one that traps and end one that does not", () => {
  simulate(function* main(self: Self<Term>) {
    self.trapExit(true);
    const linker = self.spawnLink(function* linker(me: Self<Term>): Process {
      const child = me.spawnLink(idle);
      me.sendExit(child, "boom");
      yield* idle(me);
    });
    const exit = yield* self.receive({ EXIT: (from, why) => [from, why] });
    expect(exit).toEqual([linker, "boom"]);
  }, seeds);
});

test("erl_link_SUITE: links to oneself are no links", () => {
  simulate(function* main(self: Self<Term>) {
    self.link(self.pid);
    self.unlink(self.pid);
    expect(links(self.pid)).toEqual([]);
    yield* self.yield();
  });
});

test("erl_link_SUITE: process_monitors name the pid, or the name and the node", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(idle);
    self.register("watched", pid);
    const byPid = self.monitor(pid);
    const byName = self.monitor("watched");
    self.send(pid, ["stop"]);
    const objects = new Map<unknown, unknown>();
    for (let n = 0; n < 2; n++) {
      const down = {
        DOWN: (ref: unknown, _t: unknown, who: unknown) => [ref, who],
      };
      const [ref, who] = yield* self.receive(down);
      objects.set(ref, who);
    }
    expect(objects.get(byPid)).toBe(pid);
    expect(objects.get(byName)).toEqual(["watched", self.node]);
  }, seeds);
});

test("erl_link_SUITE: process_monitors of oneself are none", () => {
  simulate(function* main(self: Self<Term>) {
    const ref = self.monitor(self.pid);
    expect(processInfo(self.pid)?.monitors).toEqual([]);
    expect(self.demonitor(ref, { info: true })).toBe(false);
    yield* self.yield();
  });
});

test("erl_link_SUITE: process_monitors are not taken back by another process", () => {
  simulate(function* main(self: Self<Term>) {
    const pid = self.spawn(idle);
    const ref = self.monitor(pid);
    const parent = self.pid;
    self.spawn(function* stranger(me: Self<Term>): Process {
      me.demonitor(ref);
      me.send(parent, ["tried"]);
    });
    yield* self.receive({ tried: () => {} });
    self.send(pid, ["stop"]);
    expect(yield* self.receive({ DOWN: (got) => got })).toBe(ref);
  }, seeds);
});

test("erl_link_SUITE: otp_5772_link lets no EXIT arrive after unlink has returned", () => {
  simulate(
    function* main(self: Self<Term>) {
      self.trapExit(true);
      const pid = self.spawnLink(idle);
      self.send(pid, ["stop"]);
      for (let n = 0; n < 3; n++) yield* self.yield();
      self.unlink(pid);
      // One that is in the mailbox already stays there, as in OTP.
      const already = yield* self.receive(
        { EXIT: () => 1 },
        after(0, () => 0),
      );
      const late = yield* self.receive(
        { EXIT: () => 1 },
        after(100, () => 0),
      );
      expect(already + late).toBeLessThanOrEqual(1);
      expect(late).toBe(0);
    },
    { schedules: 200 },
  );
});

test("erl_link_SUITE: otp_5772_monitor lets no DOWN arrive after demonitor has returned", () => {
  simulate(
    function* main(self: Self<Term>) {
      const pid = self.spawn(idle);
      const ref = self.monitor(pid);
      self.send(pid, ["stop"]);
      for (let n = 0; n < 3; n++) yield* self.yield();
      self.demonitor(ref);
      yield* self.receive({ DOWN: () => {} }, after(0));
      const late = yield* self.receive(
        { DOWN: () => 1 },
        after(100, () => 0),
      );
      expect(late).toBe(0);
    },
    { schedules: 200 },
  );
});

function* linkedAtRandom(me: Self<Term>, other: Pid, turns: number): Process {
  for (let n = 0; n < turns; n++) {
    if (n % 2 === 0) me.link(other);
    else me.unlink(other);
    yield* me.yield();
  }
  yield* idle(me);
}

test.each([
  ["otp_17127_local_link_with_simultaneous_link_unlink", 1],
  ["otp_17127_local_random", 50],
])("erl_link_SUITE: %s leaves both sides of one mind", (_case, turns) => {
  simulate(
    function* main(self: Self<Term>) {
      const one = self.spawn(function* first(me: Self<Term>): Process {
        const other = yield* me.receive({ other: (pid) => pid as Pid });
        return linkedAtRandom(me, other, turns);
      });
      const two = self.spawn(linkedAtRandom, one, turns + 1);
      self.send(one, ["other", two]);
      yield* self.sleep(100);
      expect(links(one)?.length === 1).toBe(links(two)?.length === 1);
    },
    { schedules: 100 },
  );
});
