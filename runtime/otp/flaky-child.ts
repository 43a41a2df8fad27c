import type { ExitReason } from "../core/exit.ts";
import type { Process } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import type { ChildSpec } from "./child-spec.ts";
import { startLogging } from "./logging-child.ts";

/** Which starts of a child, counted from one, are to fail. */
export type Failing = (start: number) => boolean;

/** A {@link loggingChild} some of whose starts fail; it writes that down too. */
export function flakyChild(
  id: string,
  log: unknown[],
  failing: Failing,
  more: Partial<ChildSpec> = {},
): ChildSpec {
  let starts = 0;
  return {
    id,
    start(self) {
      if (!failing(++starts)) return startLogging(self, id, log);
      log.push(["fail", id]);
      return ["error", "flaky"];
    },
    ...more,
  };
}

/** A child that ends, when it is told to, with what it is told. */
export function plainChild(
  id: string,
  more: Partial<ChildSpec> = {},
): ChildSpec {
  return { id, start: (self) => startPlain(self), ...more };
}

export function startPlain(self: Self<never>): readonly ["ok", Pid] {
  return ["ok", self.spawnLink(plain)];
}

function* plain(self: Self<["die", reason: ExitReason]>): Process {
  yield* self.receive({ die: (reason) => self.exit(reason) });
}
