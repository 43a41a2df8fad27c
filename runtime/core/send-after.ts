import type { Alarm } from "./alarm-heap.ts";
import { badarg } from "./errors.ts";
import type { LocalNode } from "./node.ts";
import { LocalPid, type Pid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";
import { LocalRef, type Ref } from "./ref.ts";
import { RemotePid } from "./remote.ts";

/** A timer under way. */
interface Timer {
  readonly alarm: Alarm;
  /** Whose death cancels it, and by which cleanup. */
  readonly target: LocalProcess | undefined;
  readonly cancelAtDeath: () => void;
}

/** The timers under way on each node, by their reference. */
const timers = new WeakMap<LocalNode, Map<LocalRef, Timer>>();

function timersOf(node: LocalNode): Map<LocalRef, Timer> {
  const known = timers.get(node);
  if (known !== undefined) return known;
  const map = new Map<LocalRef, Timer>();
  timers.set(node, map);
  return map;
}

/** Takes a timer off the list, and from whoever it is meant for. */
function forget(node: LocalNode, ref: LocalRef): void {
  const timer = timersOf(node).get(ref);
  timersOf(node).delete(ref);
  timer?.target?.cleanups?.delete(timer.cancelAtDeath);
}

/**
 * Sets a timer. A name is looked up when the timer fires; a timer to a pid is
 * cancelled when that process dies, as in `erlang:send_after/3`.
 */
export function setTimer(
  process: LocalProcess,
  ms: number,
  to: unknown,
  messageOf: (ref: LocalRef) => unknown,
): Ref {
  if (!Number.isSafeInteger(ms) || ms < 0) {
    throw badarg(
      `A timer of ${String(ms)} ms: a whole number from 0 up is wanted.`,
    );
  }
  const isAway = to instanceof RemotePid;
  if (!(to instanceof LocalPid) && !isAway && typeof to !== "string") {
    throw badarg(`A timer to ${String(to)}: a pid or a name is wanted.`);
  }
  const { home: node } = process;
  const ref = node.makeRef(process);
  const target = to instanceof LocalPid ? to.process : undefined;
  // To somebody who is dead already: never set, like one that was cancelled.
  if (to instanceof LocalPid && target === undefined) return ref as Ref;
  const cancelAtDeath = () => void cancelTimer(node, ref as Ref);
  const alarm = node.timers.set(ms, () => {
    forget(node, ref);
    if (node.tracer) node.trace({ kind: "timer-fired", ref });
    if (isAway) return to.remote.send(undefined, to, messageOf(ref));
    const pid = typeof to === "string" ? node.names.get(to)?.pid : to;
    if (pid) node.deliver(pid, messageOf(ref));
  });
  timersOf(node).set(ref, { alarm, target, cancelAtDeath });
  if (target) {
    target.cleanups ??= new Set();
    target.cleanups.add(cancelAtDeath);
  }
  if (node.tracer) {
    node.trace({
      kind: "timer-set",
      pid: process.pid,
      to: to as Pid | string,
      message: messageOf(ref),
      ref,
      inMs: ms,
    });
  }
  return ref as Ref;
}

export function cancelTimer(node: LocalNode, timer: Ref): number | false {
  const alarm = find(node, timer);
  if (alarm === undefined) return false;
  forget(node, timer as unknown as LocalRef);
  if (node.tracer) node.trace({ kind: "timer-cancelled", ref: timer });
  const leftMs = node.timers.remaining(alarm);
  node.timers.cancel(alarm);
  return leftMs;
}

/** The milliseconds left, or false if the timer has fired or never was. */
export function readTimer(node: LocalNode, timer: Ref): number | false {
  const alarm = find(node, timer);
  return alarm === undefined ? false : node.timers.remaining(alarm);
}

function find(node: LocalNode, timer: Ref): Alarm | undefined {
  if (!(timer instanceof LocalRef)) {
    throw badarg(`${String(timer)} is no timer: a reference is wanted.`);
  }
  return timersOf(node).get(timer)?.alarm;
}
