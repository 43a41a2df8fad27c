import { after, matching } from "../core/clauses.ts";
import { Exit, type ExitReason, reasonOf } from "../core/exit.ts";
import type { Process, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";
import { isExpected, report } from "./report.ts";

/** Tells the starter how `init` went. Erlang's `proc_lib:init_ack/1`. */
export type Acknowledge<T> = (result: T) => void;

/** A body that is started with {@link start}: it acknowledges, then goes on. */
export type StartedBody<T> = (
  self: Self<never>,
  acknowledge: Acknowledge<T>,
) => Process;

export interface ProcLibOptions {
  readonly link: boolean;
  /** How long to wait for the acknowledgement. */
  readonly timeoutMs?: number | undefined;
}

/** Who started whom; kept beside the processes, which have no dictionary. */
const ancestors = new WeakMap<object, readonly Pid[]>();

/** The processes a process descends from, nearest first. */
export function ancestorsOf(pid: Pid): readonly Pid[] {
  return ancestors.get(pid) ?? [];
}

/**
 * Starts a process and waits until it has said how its start went.
 *
 * A starter that is linked and does not trap exits dies with a child that ends
 * before. One that traps gets the error and, as in OTP, the EXIT message too.
 *
 * @param label what the process is called in lists and reports.
 * @returns what the body acknowledged, or `["error", reason]`.
 * @see Erlang's `proc_lib:start_link/5`
 */
export function* start<T>(
  caller: Caller,
  label: string,
  body: StartedBody<T>,
  { link, timeoutMs = Number.POSITIVE_INFINITY }: ProcLibOptions,
): Step<T | readonly ["error", ExitReason]> {
  const self = caller as Self<never>;
  // The child cannot run before this process waits, so it finds the reference.
  let ref: Ref | undefined;
  const child = function* (it: Self<never>): Process {
    const tell = (result: T) =>
      it.send(parent as Pid<unknown>, ["acknowledged", ref, result]);
    return yield* reporting(it, label, body(it, tell));
  };
  Object.defineProperty(child, "name", { value: label });
  const parent = self.pid;
  const pid: Pid = link ? self.spawnLink(child) : self.spawn(child);
  ancestors.set(pid, [parent, ...ancestorsOf(parent)].slice(0, DEPTH));
  ref = self.monitor(pid);
  const answer = yield* self.receive(
    matching<Answer<T>, T | readonly ["error", ExitReason]>(ref, {
      *acknowledged(got, result) {
        // A failed child's exit comes before anybody acts on its answer.
        if (!hasStarted(result)) {
          yield* self.receive(matching<Answer<T>, void>(got, { DOWN() {} }));
        }
        return result;
      },
      DOWN: (_ref, _type, _pid, reason) => ["error", reason] as const,
    }),
    after(timeoutMs, () => {
      // Half started is not started: it goes, and says nothing more to us.
      if (link) self.unlink(pid);
      self.sendExit(pid, "kill");
      return ["error", "timeout"] as const;
    }),
  );
  self.demonitor(ref, { flush: true });
  return answer;
}

function hasStarted(result: unknown): boolean {
  return Array.isArray(result) && result[0] === "ok";
}

type Answer<T> =
  | readonly ["acknowledged", ref: Ref, result: T]
  | readonly ["DOWN", ref: Ref, type: "process", pid: Pid, reason: ExitReason];

/** A report names this many ancestors at most. */
const DEPTH = 16;

/** Runs a body; an end that was not meant is reported as OTP reports it. */
function* reporting(self: Self<never>, label: string, body: Process): Process {
  try {
    return yield* body;
  } catch (thrown) {
    const reason = reasonOf(thrown);
    if (!isExpected(reason)) reportCrash(self, label, thrown);
    throw new Exit(reason);
  }
}

function reportCrash(self: Self<never>, label: string, thrown: unknown): void {
  const { registeredName, mailbox, links, trapping } =
    self as unknown as LocalProcess;
  report(self, "error", "CRASH REPORT", [
    ["initial call", label],
    ["pid", self.pid],
    ["registered name", registeredName ?? []],
    ["exception", thrown],
    ["ancestors", ancestorsOf(self.pid)],
    ["message queue length", mailbox.tail - mailbox.head],
    ["links", [...(links ?? [])]],
    ["traps exits", trapping],
  ]);
}
