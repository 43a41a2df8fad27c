import { after, matching, when } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { Process, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { descends, reported } from "./crash-report.ts";

export { ancestorsOf } from "./crash-report.ts";
export { spawn, spawnLink } from "./proc-lib-spawn.ts";
export { stop } from "./stop.ts";

/**
 * Tells the starter how `init` went. Erlang's `proc_lib:init_ack/1`; with
 * `"ending"` the starter goes on only when the process is gone, as with OTP
 * 26's `init_fail`.
 */
export type Acknowledge<T> = (result: T, then?: "ending") => void;

/** A body that is started with {@link start}: it acknowledges, then goes on. */
export type StartedBody<T> = (
  self: Self<never>,
  acknowledge: Acknowledge<T>,
) => Process | void;

export interface ProcLibOptions {
  readonly link: boolean;
  /** How long to wait for the acknowledgement. */
  readonly timeoutMs?: number | undefined;
}

type Failed = readonly ["error", reason: ExitReason];

/**
 * Starts a process and waits until it has said how its start went.
 *
 * A starter that is linked and does not trap exits dies with a child that ends
 * before. One that traps gets the error.
 *
 * @param label what the process is called in lists and reports.
 * @returns what the body acknowledged, or `["error", reason]`.
 * @see Erlang's `proc_lib:start/5` and `proc_lib:start_link/5`
 */
export function start<T>(
  caller: Caller,
  label: string,
  body: StartedBody<T>,
  options: ProcLibOptions,
): Step<T | Failed> {
  const step = function* () {
    const [result, ref] = yield* begin(caller, label, body, options);
    (caller as Self<never>).demonitor(ref, { flush: true });
    return result;
  };
  return suspending(caller, "procLib.start", step());
}

/**
 * The same, and the process is watched: a `DOWN` with the reference tells of
 * its end, even if it has failed to start.
 *
 * @see Erlang's `proc_lib:start_monitor/5`
 */
export function startMonitor<T>(
  caller: Caller,
  label: string,
  body: StartedBody<T>,
  options: ProcLibOptions,
): Step<readonly [result: T | Failed, ref: Ref]> {
  const step = begin(caller, label, body, options);
  return suspending(caller, "procLib.startMonitor", step);
}

function* begin<T>(
  caller: Caller,
  label: string,
  body: StartedBody<T>,
  { link, timeoutMs = Number.POSITIVE_INFINITY }: ProcLibOptions,
): Step<readonly [result: T | Failed, ref: Ref]> {
  const self = caller as Self<never>;
  // The child cannot run before this process waits, so it finds the reference.
  let ref: Ref | undefined;
  const child = reported(label, (it) => {
    const tell: Acknowledge<T> = (result, then) =>
      it.send(parent as Pid<unknown>, ["acknowledged", ref, result, then]);
    return body(it, tell);
  });
  const parent = self.pid;
  const pid: Pid = link ? self.spawnLink(child) : self.spawn(child);
  descends(pid, parent);
  ref = self.monitor(pid);
  const down = function* (...end: Down): Step<Failed> {
    // The answer tells of the end; an EXIT message would tell it twice.
    if (link) yield* flushExit(self, pid);
    self.send(parent as Pid<unknown>, ["DOWN", ...end]);
    return ["error", end[3]];
  };
  const answer = yield* self.receive<T | Failed, Failed>(
    matching<Answer<T>, T | Failed>(ref, {
      *acknowledged(got, result, then) {
        if (then === "ending") {
          // The exit of a failed child comes before its starter acts on it.
          yield* self.receive(
            matching<Answer<T>, void>(got, {
              DOWN: (...end) =>
                self.send(parent as Pid<unknown>, ["DOWN", ...end]),
            }),
          );
        }
        return result;
      },
      DOWN: down,
    }),
    after(timeoutMs, () => {
      // Half started is not started: it goes, and says nothing more to us.
      if (link) self.unlink(pid);
      self.sendExit(pid, "kill");
      return ["error", "timeout"] as const;
    }),
  );
  return [answer, ref];
}

type Down = [ref: Ref, type: "process", pid: Pid, reason: ExitReason];
type Answer<T> =
  | readonly ["acknowledged", ref: Ref, result: T, then?: "ending"]
  | readonly ["DOWN", ...Down];

/** Takes the EXIT message of `pid` out of the mailbox, if it is there. */
function* flushExit(self: Self<never>, pid: Pid): Step<void> {
  const clause = when<[from: Pid, reason: ExitReason], void>(
    (from) => from === pid,
    () => {},
  );
  yield* self.receive({ EXIT: clause } as never, after(0));
}
