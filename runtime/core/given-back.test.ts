import { expect, test } from "vitest";
import {
  after,
  type Pid,
  type Process,
  type Self,
  type Step,
  when,
} from "#runtime";
import { simulate } from "#runtime/testing";

// The last act of a body may be to give a receive back. Then it needs no star.

type Counted = readonly [tag: "add", n: number] | "tell" | "stop";

function* starred(self: Self<Counted>, sum: number, notes: unknown[]): Process {
  return yield* self.receive({
    add: (n) => starred(self, sum + n, notes),
    tell: () => {
      notes.push(sum);
      return starred(self, sum, notes);
    },
    stop: () => void notes.push("stopped"),
  });
}

function givenBack(
  self: Self<Counted>,
  sum: number,
  notes: unknown[],
): Process {
  return self.receive({
    add: (n) => givenBack(self, sum + n, notes),
    tell: () => {
      notes.push(sum);
      return givenBack(self, sum, notes);
    },
    stop: () => void notes.push("stopped"),
  });
}

function played(counter: typeof givenBack, seed: number) {
  const notes: unknown[] = [];
  const { trace } = simulate(
    function* main(self: Self<never>) {
      const pid = self.spawn(counter, 0, notes);
      for (const n of [1, 2, 3]) self.send(pid, ["add", n]);
      self.send(pid, "tell");
      yield* self.sleep(1);
      self.send(pid, "stop");
      yield* self.sleep(1);
    },
    { seed },
  );
  const kinds = trace.map((event) => event.kind);
  return { notes, kinds };
}

test("a receive that is given back does what one behind yield* does", () => {
  for (let seed = 0; seed < 20; seed++) {
    const ours = played(givenBack, seed);
    expect(ours.notes).toEqual([6, "stopped"]);
    expect(ours.kinds).toEqual(played(starred, seed).kinds);
  }
});

test("its time limit runs, its guards are asked, its generators are run", () => {
  type Message = readonly [tag: "n", n: number] | "slow";
  const notes: unknown[] = [];
  simulate(function* main(self: Self<never>) {
    const body = (it: Self<Message>): Process =>
      it.receive(
        {
          n: when(
            (n) => n > 1,
            (n) => {
              notes.push(n);
              return body(it);
            },
          ),
          *slow(): Step<Process> {
            yield* it.sleep(10);
            notes.push("slept");
            return body(it);
          },
        },
        after(50, () => void notes.push("over")),
      );
    const pid = self.spawn(body);
    self.send(pid, ["n", 1]);
    self.send(pid, ["n", 2]);
    self.send(pid, "slow");
    yield* self.sleep(20);
    expect(notes).toEqual([2, "slept"]);
    yield* self.sleep(100);
    expect(notes).toEqual([2, "slept", "over"]);
  });
});

test("who waits in one is killed, and what its clause throws is its reason", () => {
  simulate(function* main(self: Self<readonly ["DOWN", ...unknown[]]>) {
    const reasonOf = function* (pid: Pid, end: () => void): Step<unknown> {
      const ref = self.monitor(pid);
      end();
      return yield* self.receive({
        DOWN: when(
          (...down: unknown[]) => down[0] === ref,
          (...down: unknown[]) => down[3],
        ),
      });
    };
    const first = self.spawn(givenBack, 0, []);
    yield* self.sleep(1);
    const killed = yield* reasonOf(first, () => self.sendExit(first, "kill"));
    expect(killed).toBe("killed");
    const boom = new Error("boom");
    const second = self.spawn((it: Self<"go">) =>
      it.receive({
        go: () => {
          throw boom;
        },
      }),
    );
    const thrown = yield* reasonOf(second, () => self.send(second, "go"));
    expect(thrown).toBe(boom);
  });
});
