import { expect, test } from "vitest";
import {
  after,
  type DownMessage,
  type ExitMessage,
  isProcessAlive,
  type Pid,
  type Process,
  processInfo,
  RuntimeError,
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

/** The reasons of the EXIT messages that come within 50 ms. */
function* exits(self: Watching) {
  const reasons: unknown[] = [];
  for (;;) {
    const got = yield* self.receive(
      { EXIT: (_from, why) => [why] },
      after(50, () => undefined),
    );
    if (got === undefined) return reasons;
    reasons.push(got[0]);
  }
}

test("C12 a link to a dead process is noproc: an error, or a message if trapping", () => {
  simulate(function* main(self: Watching) {
    const [pid] = self.spawnMonitor(function* child(): Process {});
    yield* self.receive({ DOWN: () => {} });
    let code: unknown;
    try {
      self.link(pid);
    } catch (error) {
      code = (error as RuntimeError).code;
    }
    expect(code).toBe("noproc");
    expect(yield* exits(self)).toEqual([]);
    self.trapExit(true);
    self.link(pid);
    const got = yield* self.receive({ EXIT: (from, why) => [from, why] });
    expect(got).toEqual([pid, "noproc"]);
  }, seeds);
});

test("C13 there is one link per pair: linked twice and from both sides, one exit arrives", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    const pid = self.spawnLink(function* child(me: Self<"stop">): Process {
      me.link(self.pid);
      return idle(me);
    });
    self.link(pid);
    expect(processInfo(self.pid)?.links).toEqual([pid]);
    self.send(pid, "stop");
    expect(yield* exits(self)).toEqual(["normal"]);
  }, seeds);
});

test("C14 after unlink no exit of that link arrives; one that is there stays", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    const ended = self.spawnLink(ends, "boom");
    yield* self.sleep(50);
    self.unlink(ended);
    expect(yield* exits(self)).toEqual(["boom"]);
    const pid = self.spawnLink(function* child(me: Self<"stop">): Process {
      yield* me.receive({ stop: () => me.exit("boom") });
    });
    self.unlink(pid);
    self.send(pid, "stop");
    expect(yield* exits(self)).toEqual([]);
  }, seeds);
});

test("C14 after unlink no exit of that link arrives, not even one under way", () => {
  simulate(
    function* main(self: Watching) {
      self.trapExit(true);
      const pid = self.spawnLink(ends, "boom");
      while (isProcessAlive(pid)) yield* self.yield();
      self.unlink(pid);
      const there = processInfo(self.pid)?.messageQueueLength;
      expect(yield* exits(self)).toHaveLength(there as number);
    },
    { schedules: 100 },
  );
});

test("C15 unlink and a receive with after 0 leave nothing of the link behind", () => {
  simulate(
    function* main(self: Watching) {
      self.trapExit(true);
      const pid = self.spawnLink(ends, "boom");
      while (isProcessAlive(pid)) yield* self.yield();
      self.unlink(pid);
      yield* self.receive(
        { EXIT: (_from, _why) => true },
        after(0, () => true),
      );
      expect(yield* exits(self)).toEqual([]);
    },
    { schedules: 100 },
  );
});

test("C16 a message that looks like an exit signal kills nobody", () => {
  simulate(function* main(self: Watching) {
    const pid = self.spawn(idle);
    self.send(pid as unknown as Pid<ExitMessage>, ["EXIT", self.pid, "boom"]);
    yield* self.sleep(20);
    expect(isProcessAlive(pid)).toBe(true);
    expect(processInfo(pid)?.messageQueueLength).toBe(1);
  }, seeds);
});

test("C17 spawnLink of a body that does not exist ends the new process, not the caller", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    const pid = self.spawnLink("no such body" as unknown as typeof idle);
    const got = yield* self.receive({
      EXIT: (from, why) => [from, (why as Error).name],
    });
    expect(got).toEqual([pid, "TypeError"]);
  }, seeds);
});

test("C19 a child inherits nothing that its parent set: trapExit, links, names", () => {
  simulate(function* main(self: Watching) {
    self.trapExit(true);
    self.register("parent");
    const pid = self.spawn(function* child(me: Self<"stop">): Process {
      return idle(me);
    });
    yield* self.sleep(1);
    expect(processInfo(pid)).toMatchObject({
      trapExit: false,
      links: [],
      registeredName: undefined,
    });
  }, seeds);
});

test("a link to what is no pid is a badarg", () => {
  simulate(function* main(self: Watching) {
    for (const call of [self.link, self.unlink]) {
      const wrong = () => call.call(self, "bob" as never);
      expect(wrong).toThrow(RuntimeError);
      expect(wrong).toThrow(/bob is not a pid/);
    }
    yield* self.yield();
  }, seeds);
});
