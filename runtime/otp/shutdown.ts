import { after, matching, when } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { DownMessage, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Ref } from "../core/ref.ts";
import type { Self } from "../core/self.ts";
import type { FullSpec } from "./child-spec.ts";
import { isExpected } from "./report.ts";

/** How a child's shutdown went: as asked, or with what reason instead. */
export type Ending = "ok" | readonly ["error", reason: ExitReason];

/**
 * Stops children that have the same spec, all at the same time, and waits
 * until each is gone.
 *
 * They are asked with `shutdown` and given the time the spec says; what is
 * left then, or all at once with `brutal_kill`, is killed.
 */
export function* shutDown(
  self: Self<never>,
  pids: readonly Pid[],
  spec: FullSpec,
): Step<Map<Pid, Ending>> {
  const { shutdownMs } = spec;
  const isBrutal = shutdownMs === "brutal_kill";
  const { clock } = (self as unknown as LocalProcess).home;
  const endsAt =
    typeof shutdownMs === "number"
      ? clock.now() + shutdownMs
      : Number.POSITIVE_INFINITY;
  const endings = new Map<Pid, Ending>();
  const watched = new Map<Pid, Ref>();
  for (const pid of pids) {
    const ref = self.monitor(pid);
    // Whoever unlinks is told nothing more; what was told before is taken out.
    self.unlink(pid);
    const early = yield* self.receive<
      readonly [ExitReason] | undefined,
      undefined
    >(
      {
        EXIT: when(
          (from: unknown, _reason: unknown) => from === pid,
          (_from: unknown, reason: unknown) => [reason],
        ),
      } as never,
      after(0),
    );
    if (early) {
      self.demonitor(ref, { flush: true });
      endings.set(pid, endingOf(early[0], spec));
    } else {
      watched.set(pid, ref);
      self.sendExit(pid, isBrutal ? "kill" : "shutdown");
    }
  }
  let isLate = false;
  for (const [pid, ref] of watched) {
    const down = () =>
      matching<DownMessage, [ExitReason]>(ref, { DOWN: fourth });
    // A real clock counts parts of milliseconds; a time limit is a whole number.
    const leftMs = isLate
      ? Infinity
      : Math.ceil(Math.max(0, endsAt - clock.now()));
    let died = yield* self.receive(down(), after(leftMs));
    if (died === undefined) {
      isLate = true;
      for (const late of watched.keys()) {
        if (!endings.has(late)) self.sendExit(late, "kill");
      }
      died = yield* self.receive(down());
    }
    endings.set(pid, endingOf(died[0], spec));
  }
  return endings;
}

function endingOf(
  reason: ExitReason,
  { restart, shutdownMs }: FullSpec,
): Ending {
  const asked = shutdownMs === "brutal_kill" ? "killed" : "shutdown";
  const isAsAsked =
    reason === asked || (restart !== "permanent" && isExpected(reason));
  return isAsAsked ? "ok" : ["error", reason];
}

const fourth = (
  _ref: Ref,
  _type: "process",
  _object: unknown,
  reason: ExitReason,
): [ExitReason] => [reason];
