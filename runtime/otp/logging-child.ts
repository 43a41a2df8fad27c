import type { ExitReason } from "../core/exit.ts";
import type { Process } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import type { ChildSpec, ChildStart } from "./child-spec.ts";
import { type Acknowledge, start } from "./proc-lib.ts";

/** What a logging child understands. */
type Told = ["die", reason: ExitReason] | ["EXIT", from: Pid, ExitReason];

/**
 * The child of the experiments: it traps exits, is registered as its id, writes
 * down its start and its stop, and dies as it is told.
 */
export function loggingChild(
  id: string,
  log: unknown[],
  more: Partial<ChildSpec> = {},
): ChildSpec {
  return {
    id,
    start: (self) => startLogging(self, id, log),
    ...more,
  };
}

/** Starts one and waits until it has written down its start. */
export function startLogging(self: Self<never>, id: string, log: unknown[]) {
  return start<ChildStart>(
    self,
    id,
    (it, acknowledge) => logging(it as never, id, log, acknowledge),
    { link: true },
  );
}

function* logging(
  self: Self<Told>,
  id: string,
  log: unknown[],
  acknowledge: Acknowledge<ChildStart>,
): Process {
  log.push(["start", id]);
  self.register(id);
  self.trapExit(true);
  acknowledge(["ok", self.pid]);
  yield* self.receive({
    die: (reason) => self.exit(reason),
    EXIT(_from, reason) {
      log.push(["stop", id, reason]);
      self.exit(reason);
    },
  });
}
