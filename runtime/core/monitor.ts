import { badarg } from "./errors.ts";
import { Few } from "./few.ts";
import type { LocalProcess } from "./process.ts";
import { LocalRef, type Ref } from "./ref.ts";
import type { AnyPid, AnyRef } from "./remote.ts";
import { deliverDown } from "./signal.ts";
import { unwatch } from "./unwatch.ts";
import { locate, type MonitorEntry, type Watchable } from "./watched.ts";

/** When the alias of a monitor stops being an address, as in `monitor/3`. */
export type AliasMode = "explicit_unalias" | "demonitor" | "reply_demonitor";

export interface MonitorOptions {
  /** Stands in place of `"DOWN"` in the message. */
  readonly tag?: unknown;
  /** Makes the reference an address too. */
  readonly alias?: AliasMode;
}

/**
 * Starts to watch. One that does not exist is answered with `noproc` at once,
 * a name on a node that nobody knows with `noconnection`.
 */
export function monitor(
  watcher: LocalProcess,
  watched: Watchable,
  options: MonitorOptions,
): Ref {
  const ref = watcher.home.makeRef(watcher);
  const tag = options.tag ?? "DOWN";
  const entry = locate(watcher.home, watched, tag, options.alias);
  const { target, remote, there } = entry;
  // Monitoring oneself creates nothing: nobody would be left to be told.
  if (target === watcher.pid) return ref as Ref;
  keepMonitor(watcher, ref, entry);
  if (options.alias) ref.alias = watcher.pid;
  if (watcher.home.tracer) {
    watcher.home.trace({ kind: "monitor", from: watcher.pid, to: target, ref });
  }
  const process = target?.process;
  if (remote !== undefined) remote.monitor(watcher.pid, there, ref);
  else if (process === undefined) {
    const [, nodeName] = Array.isArray(watched) ? watched : [];
    const isAway = nodeName && !watcher.home.nodeNamed(nodeName);
    const reason = isAway ? "noconnection" : "noproc";
    deliverDown(watcher.home, target, watcher.pid, ref, reason);
  } else keepWatcher(process, ref, watcher.pid);
  return ref as Ref;
}

/** Has its owner remember a monitor, until it is taken back or has told. */
export function keepMonitor(
  watcher: LocalProcess,
  ref: LocalRef,
  entry: MonitorEntry,
): void {
  watcher.monitors ??= new Few();
  watcher.monitors.set(ref, entry);
}

/** Has a process remember whom to tell of its death. */
export function keepWatcher(
  process: LocalProcess,
  ref: AnyRef,
  watcher: AnyPid,
): void {
  process.watchers ??= new Few();
  process.watchers.set(ref, watcher);
}

/**
 * Stops watching; no DOWN of it arrives afterwards.
 *
 * @returns false if there was no such monitor of this process any more.
 */
export function demonitor(
  watcher: LocalProcess,
  ref: Ref,
  options: { readonly flush?: boolean; readonly info?: boolean },
): boolean {
  if (!(ref instanceof LocalRef))
    throw badarg(`demonitor: ${ref} is no reference.`);
  const entry = watcher.monitors?.get(ref);
  if (entry !== undefined) {
    watcher.monitors?.delete(ref);
    unwatch(watcher.pid, entry, ref);
    if (entry.alias !== "explicit_unalias") ref.alias = undefined;
    if (watcher.home.tracer) {
      watcher.home.trace({
        kind: "demonitor",
        from: watcher.pid,
        to: entry.target,
        ref,
      });
    }
  } else if (options.flush) {
    flush(watcher, ref);
  }
  return options.info ? entry !== undefined : true;
}

/** Takes the DOWN message of `ref` out of the mailbox, if it is there. */
function flush(watcher: LocalProcess, ref: LocalRef): void {
  const { mailbox } = watcher;
  for (let i = mailbox.head; i < mailbox.tail; i++) {
    const message = mailbox.at(i);
    if (Array.isArray(message) && message[1] === ref && message.length === 5) {
      mailbox.removeAt(i);
      return;
    }
  }
}
