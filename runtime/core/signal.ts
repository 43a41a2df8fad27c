import { die } from "./death.ts";
import { badarg } from "./errors.ts";
import { type ExitReason, effectOf } from "./exit.ts";
import type { LocalNode } from "./node.ts";
import { LocalPid, type Pid } from "./pid.ts";
import { RUNNING } from "./process-state.ts";
import type { LocalRef } from "./ref.ts";
import { type AnyPid, RemotePid } from "./remote.ts";

/** Sends an exit signal: `exit/2`, or what a link carries. */
export function sendExitSignal(
  node: LocalNode,
  from: LocalPid | undefined,
  to: unknown,
  reason: ExitReason,
  overLink: boolean,
): void {
  if (to instanceof RemotePid) {
    if (node.tracer) {
      node.trace({
        kind: "exit-signal",
        from,
        to: to as Pid,
        reason,
        overLink,
      });
    }
    to.remote.exit(from, to, reason, overLink);
    return;
  }
  if (!(to instanceof LocalPid)) {
    throw badarg(
      `sendExit: ${String(to)} is not a pid, so it cannot be ended.`,
    );
  }
  if (node.tracer) {
    node.trace({ kind: "exit-signal", from, to, reason, overLink });
  }
  if (node.courier === undefined || from === to) {
    arriveExit(from, to, reason, overLink);
  } else {
    node.courier(from, to, () => arriveExit(from, to, reason, overLink));
  }
}

/** What an exit signal does where it arrives. */
export function arriveExit(
  from: AnyPid | undefined,
  to: LocalPid,
  reason: ExitReason,
  overLink: boolean,
): void {
  const process = to.process;
  if (process === undefined) return;
  // After unlink has returned, the signal of that link no longer arrives.
  if (overLink && !process.links?.delete(from as AnyPid)) return;
  const sentTo = overLink ? "link" : from === to ? "self" : "other";
  switch (effectOf(reason, process.trapping, sentTo)) {
    case "ignore":
      return;
    case "message":
      process.home.deliver(to, ["EXIT", from, reason]);
      return;
    case "exit": {
      const killed = reason === "kill" && !overLink ? "killed" : reason;
      // A running function cannot be interrupted; it stops where it next
      // suspends, and the first signal is the one that counts.
      if (process.status === RUNNING) {
        process.pendingExit ??= { reason: killed };
        process.home.interrupt();
      } else die(process, killed);
    }
  }
}

/** Delivers a DOWN message, unless the monitor has been taken back. */
export function deliverDown(
  node: LocalNode,
  from: LocalPid | undefined,
  to: LocalPid,
  ref: LocalRef,
  reason: ExitReason,
): void {
  const arriveDown = () => {
    const watcher = to.process;
    const entry = watcher?.monitors?.get(ref);
    if (watcher === undefined || entry === undefined) return;
    watcher.monitors?.delete(ref);
    if (entry.alias && entry.alias !== "explicit_unalias") {
      ref.alias = undefined;
    }
    const message = [entry.tag, ref, "process", entry.object, reason];
    watcher.home.deliver(to, message);
    if (node.tracer && from)
      node.trace({ kind: "down", from, to, ref, reason });
  };
  if (node.courier === undefined) arriveDown();
  else node.courier(from, to, arriveDown);
}
