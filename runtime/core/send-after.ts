import type { Alarm } from "./alarm-heap.ts";
import { badarg } from "./errors.ts";
import type { LocalNode } from "./node.ts";
import { LocalPid, type Pid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";
import { LocalRef, type Ref } from "./ref.ts";
import { RemotePid } from "./remote.ts";

/** The timers under way on each node, by their reference. */
const alarms = new WeakMap<LocalNode, Map<LocalRef, Alarm>>();

function alarmsOf(node: LocalNode): Map<LocalRef, Alarm> {
  const known = alarms.get(node);
  if (known !== undefined) return known;
  const map = new Map<LocalRef, Alarm>();
  alarms.set(node, map);
  return map;
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
  const running = alarmsOf(node);
  const cancelAtDeath = () => void cancelTimer(node, ref as Ref);
  const alarm = node.timers.set(ms, () => {
    running.delete(ref);
    target?.cleanups?.delete(cancelAtDeath);
    if (node.tracer) node.trace({ kind: "timer-fired", ref });
    if (isAway) return to.remote.send(undefined, to, messageOf(ref));
    const pid = typeof to === "string" ? node.names.get(to)?.pid : to;
    if (pid) node.deliver(pid, messageOf(ref));
  });
  running.set(ref, alarm);
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
  alarmsOf(node).delete(timer as unknown as LocalRef);
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
  return alarmsOf(node).get(timer);
}
