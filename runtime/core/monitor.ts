import { badarg } from "./errors.ts";
import type { LocalNode } from "./node.ts";
import { LocalPid, type Pid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";
import { LocalRef, type Ref } from "./ref.ts";
import { type Remote, RemotePid } from "./remote.ts";
import { deliverDown } from "./signal.ts";
import { unwatch } from "./unwatch.ts";

/** A monitor as its owner remembers it. Gone once the DOWN is delivered. */
export interface MonitorEntry {
  readonly target: LocalPid | undefined;
  /** The way to what is watched, if it is on another node. */
  readonly remote: Remote | undefined;
  /** Whom the other node knows it as. */
  readonly there: RemotePid | string;
  /** What the DOWN message names: the pid, or `[name, node]`. */
  readonly object: unknown;
  readonly tag: unknown;
  readonly alias: AliasMode | undefined;
}

/** When the alias of a monitor stops being an address, as in `monitor/3`. */
export type AliasMode = "explicit_unalias" | "demonitor" | "reply_demonitor";

export interface MonitorOptions {
  /** Stands in place of `"DOWN"` in the message. */
  readonly tag?: unknown;
  /** Makes the reference an address too. */
  readonly alias?: AliasMode;
}

/** What may be watched: a pid, a name, or a name on a node. */
export type Watchable = Pid | string | readonly [name: string, node: string];

/** Starts to watch. One that does not exist is answered with `noproc` at once. */
export function monitor(
  watcher: LocalProcess,
  watched: Watchable,
  options: MonitorOptions,
): Ref {
  const ref = watcher.home.makeRef(watcher);
  const { target, object, remote, there } = locate(watcher.home, watched);
  // Monitoring oneself creates nothing: nobody would be left to be told.
  if (target === watcher.pid) return ref as Ref;
  watcher.monitors ??= new Map();
  watcher.monitors.set(ref, {
    target,
    remote,
    there,
    object,
    tag: options.tag ?? "DOWN",
    alias: options.alias,
  });
  if (options.alias) ref.alias = watcher;
  if (options.alias === "explicit_unalias") {
    // It outlives the monitor, so the end of the monitor does not free it.
    watcher.cleanups ??= new Set();
    watcher.cleanups.add(() => {
      ref.alias = undefined;
    });
  }
  if (watcher.home.tracer) {
    watcher.home.trace({ kind: "monitor", from: watcher.pid, to: target, ref });
  }
  const process = target?.process;
  if (remote !== undefined) remote.monitor(watcher.pid, there, ref);
  else if (process === undefined) {
    deliverDown(watcher.home, target, watcher.pid, ref, "noproc");
  } else {
    process.watchers ??= new Map();
    process.watchers.set(ref, watcher.pid);
  }
  return ref as Ref;
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

function locate(
  node: LocalNode,
  watched: Watchable,
): Pick<MonitorEntry, "target" | "object" | "remote" | "there"> {
  const here = { remote: undefined, there: "" };
  if (watched instanceof LocalPid) {
    return { target: watched, object: watched, ...here };
  }
  if (watched instanceof RemotePid) {
    const { remote } = watched;
    return { target: undefined, object: watched, remote, there: watched };
  }
  const [name, nodeName, ...more]: readonly unknown[] =
    typeof watched === "string"
      ? [watched, node.name]
      : Array.isArray(watched)
        ? watched
        : [];
  if (
    typeof name !== "string" ||
    typeof nodeName !== "string" ||
    more.length > 0
  ) {
    throw badarg(`monitor: ${String(watched)} is neither a pid nor a name.`);
  }
  const object = [name, nodeName];
  const known = node.nodeNamed(nodeName);
  const remote = known ? undefined : node.remoteNamed?.(nodeName);
  if (remote) return { target: undefined, object, remote, there: name };
  return { target: known?.names.get(name)?.pid, object, ...here };
}
