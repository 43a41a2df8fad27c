import { after, matching, when } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { Process, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { suspending } from "../core/suspending.ts";
import { descends, reported } from "./crash-report.ts";
import { unwatched } from "./unwatched.ts";

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
  const step = unwatched(caller, begin(caller, label, body, options));
  return suspending(caller, "procLib.start", step);
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
  const answer = yield* self.receive(
    matching<Answer<T>, Acknowledged<T> | Down>(ref, {
      acknowledged: (_ref, result, then) => ({ result, then }),
      DOWN: (...end) => end,
    }),
    after(timeoutMs),
  );
  if (answer === undefined) {
    // Half started is not started: it goes, and says nothing more to us, not
    // even over a link that it has made itself.
    self.unlink(pid);
    self.sendExit(pid, "kill");
    return [["error", "timeout"], ref];
  }
  if (Array.isArray(answer)) {
    // The answer tells of the end; an EXIT message would tell it twice.
    if (link) yield* flushExit(self, pid);
    self.send(parent as Pid<unknown>, ["DOWN", ...answer]);
    return [["error", answer[3]], ref];
  }
  // The exit of a failed child comes before its starter acts on it.
  if (answer.then === "ending") yield* seenOff(self, ref);
  return [answer.result, ref];
}

type Down = [ref: Ref, type: "process", pid: Pid, reason: ExitReason];
type Answer<T> =
  | readonly ["acknowledged", ref: Ref, result: T, then?: "ending"]
  | readonly ["DOWN", ...Down];
interface Acknowledged<T> {
  readonly result: T;
  readonly then: "ending" | undefined;
}

/** Waits for the end of a child, and leaves the word of it in the mailbox. */
function* seenOff(self: Self<never>, ref: Ref): Step<void> {
  const end = yield* self.receive(
    matching<readonly ["DOWN", ...Down], Down>(ref, { DOWN: (...it) => it }),
  );
  self.send(self.pid as Pid<unknown>, ["DOWN", ...end]);
}

/** Takes the EXIT message of `pid` out of the mailbox, if it is there. */
function* flushExit(self: Self<never>, pid: Pid): Step<void> {
  const clause = when<[from: Pid, reason: ExitReason], void>(
    (from) => from === pid,
    () => {},
  );
  yield* self.receive({ EXIT: clause } as never, after(0));
}
