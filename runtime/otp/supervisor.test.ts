import { expect, test } from "vitest";
import type { Process } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import { type ChildSpec, type SupervisorFlags, supervisor } from "./index.ts";
import { ok } from "./outcome.ts";

/** A child that says when it starts and, trapping exits, why it stops. */
function childNamed(id: string, log: string[]): ChildSpec {
  return {
    id,
    start: (self) => {
      log.push(`start ${id}`);
      return ["ok", self.spawnLink(worker, id, log)];
    },
  };
}

function* worker(
  self: Self<["die", unknown] | ["EXIT", Pid, unknown]>,
  id: string,
  log: string[],
): Process {
  self.register(id);
  self.trapExit(true);
  yield* self.receive({
    die: (reason) => self.exit(reason),
    EXIT: (_from, reason) => {
      log.push(`stop ${id} ${reason}`);
      self.exit(reason);
    },
  });
}

function deathOf(id: string, flags: SupervisorFlags): string[] {
  const log: string[] = [];
  simulate(
    function* main(self: Self<never>) {
      self.trapExit(true);
      const children = ["a", "b", "c", "d"].map((one) => childNamed(one, log));
      ok(yield* supervisor.startLink(self, flags, children));
      yield* self.sleep(1);
      log.length = 0;
      self.send(id, ["die", "boom"]);
      yield* self.sleep(100);
    },
    { seed: 0 },
  );
  return log;
}

test("S2 one_for_one: only the dead child comes back", () => {
  expect(deathOf("b", { strategy: "one_for_one" })).toEqual(["start b"]);
});

test("S3 one_for_all: the others stop in reverse, then all start in order", () => {
  expect(deathOf("b", { strategy: "one_for_all" })).toEqual([
    "stop d shutdown",
    "stop c shutdown",
    "stop a shutdown",
    "start a",
    "start b",
    "start c",
    "start d",
  ]);
});

test("S4 rest_for_one: those after the dead one stop, then it and they start", () => {
  expect(deathOf("b", { strategy: "rest_for_one" })).toEqual([
    "stop d shutdown",
    "stop c shutdown",
    "start b",
    "start c",
    "start d",
  ]);
});

test("S6 one death more than the intensity ends the supervisor", () => {
  expect(deathOf("b", { intensity: 0 })).toEqual([
    "stop d shutdown",
    "stop c shutdown",
    "stop a shutdown",
  ]);
});
