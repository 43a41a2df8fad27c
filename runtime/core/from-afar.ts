import type { ExitReason } from "./exit.ts";
import { tie } from "./link.ts";
import { keepWatcher } from "./monitor.ts";
import type { LocalNode } from "./node.ts";
import type { LocalPid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";
import type { LocalRef } from "./ref.ts";
import { type Remote, RemotePid, type RemoteRef } from "./remote.ts";
import { arriveExit, deliverDown } from "./signal.ts";

// What comes in over a connection. A process that is not there is answered as
// one here would be: `noproc`.

/** A process of another node has linked itself to one here. */
export function linkFromAfar(from: RemotePid, to: LocalPid): void {
  const process = to.process;
  if (process === undefined) {
    from.remote.exit(to, from, "noproc", true);
    return;
  }
  tie(process, from);
}

export function unlinkFromAfar(from: RemotePid, to: LocalPid): void {
  to.process?.links?.delete(from);
}

/** An exit signal from another node has arrived. */
export function exitFromAfar(
  from: RemotePid,
  to: LocalPid,
  reason: ExitReason,
  overLink: boolean,
): void {
  arriveExit(from, to, reason, overLink);
}

/** A process of another node watches one here, by its pid or its name. */
export function monitorFromAfar(
  node: LocalNode,
  from: RemotePid,
  watched: LocalPid | string,
  ref: RemoteRef,
): void {
  const process =
    typeof watched === "string" ? node.names.get(watched) : watched.process;
  if (process === undefined) {
    from.remote.down(watched as LocalPid, from, ref, "noproc");
    return;
  }
  keepWatcher(process, ref, from);
}

export function demonitorFromAfar(
  node: LocalNode,
  watched: LocalPid | string,
  ref: RemoteRef,
): void {
  const process =
    typeof watched === "string" ? node.names.get(watched) : watched.process;
  process?.watchers?.delete(ref);
}

/** What one of ours watches over there has ended. */
export function downFromAfar(
  node: LocalNode,
  to: LocalPid,
  ref: LocalRef,
  reason: ExitReason,
): void {
  deliverDown(node, undefined, to, ref, reason);
}

/**
 * A connection is lost: whoever is tied to the other side hears
 * `noconnection`, which says nothing about whether those there still live.
 */
export function connectionLost(node: LocalNode, remote: Remote): void {
  // All of them before the first is told: who dies of it leaves the list, and
  // may take others along.
  const all: LocalProcess[] = [];
  for (let one = node.newest; one; one = one.following) all.push(one);
  for (const one of all) {
    for (const [ref, watcher] of one.watchers ?? []) {
      if (watcher instanceof RemotePid && watcher.remote === remote) {
        one.watchers?.delete(ref);
      }
    }
    for (const [ref, entry] of one.monitors ?? []) {
      if (entry.remote === remote) {
        deliverDown(node, undefined, one.pid, ref, "noconnection");
      }
    }
    for (const other of one.links?.keys() ?? []) {
      if (other instanceof RemotePid && other.remote === remote) {
        arriveExit(other, one.pid, "noconnection", true);
      }
    }
  }
}
