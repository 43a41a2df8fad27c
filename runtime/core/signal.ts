import { badarg } from "./errors.ts";
import { type ExitReason, effectOf } from "./exit.ts";
import type { LocalNode } from "./node.ts";
import { LocalPid, type Pid } from "./pid.ts";
import { DEAD, type LocalProcess, RUNNING } from "./process.ts";
import type { LocalRef } from "./ref.ts";
import { type AnyPid, RemotePid, type RemoteRef } from "./remote.ts";

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
      watcher.home.aliases.delete(ref);
    }
    const message = [entry.tag, ref, "process", entry.object, reason];
    watcher.home.deliver(to, message);
    if (node.tracer && from)
      node.trace({ kind: "down", from, to, ref, reason });
  };
  if (node.courier === undefined) arriveDown();
  else node.courier(from, to, arriveDown);
}

/**
 * Ends a process. Its generator is dropped, never resumed: not even a
 * `finally` runs, as in Erlang. Then the others are told.
 *
 * Deaths that follow from this one wait in a list, not on the stack: a chain
 * of a million links ends as calmly as one.
 */
export function die(process: LocalProcess, reason: ExitReason): void {
  if (process.status === DEAD) return;
  const { home: node, pid } = process;
  process.status = DEAD;
  pid.process = undefined;
  node.forget(process);
  // The name is free before anybody hears of the death.
  if (process.registeredName !== undefined) node.unregister(process);
  if (node.tracer) node.trace({ kind: "exit", pid, reason });
  if (process.alarm) node.timers.cancel(process.alarm);
  process.body = process.delegate = process.entry = process.args = undefined;
  process.clauses = process.timeout = process.alarm = undefined;
  process.mailbox.clear();
  deaths.push({ process, reason });
  if (isTelling) return;
  isTelling = true;
  // The list grows while it is told: first dead, first told.
  for (const one of deaths) tellOthers(one.process, one.reason);
  deaths.length = 0;
  isTelling = false;
}

/** The dead whose death is still to be told, of all nodes of this realm. */
const deaths: { process: LocalProcess; reason: ExitReason }[] = [];
let isTelling = false;

function tellOthers(process: LocalProcess, reason: ExitReason): void {
  const { home: node, pid, links, watchers, monitors, cleanups } = process;
  process.links = process.watchers = process.monitors = undefined;
  process.cleanups = undefined;
  for (const [ref, { target, alias, remote, there }] of monitors ?? []) {
    if (remote) remote.demonitor(pid, there, ref);
    else target?.process?.watchers?.delete(ref);
    if (alias) node.aliases.delete(ref);
  }
  for (const cleanup of cleanups ?? []) node.guarded(() => cleanup(reason));
  for (const other of links ?? []) {
    sendExitSignal(node, pid, other, reason, true);
  }
  for (const [ref, watcher] of watchers ?? []) {
    if (watcher instanceof RemotePid) {
      watcher.remote.down(pid, watcher, ref as RemoteRef, reason);
    } else deliverDown(node, pid, watcher, ref as LocalRef, reason);
  }
}
