import { badarg } from "./errors.ts";
import type { LocalNode } from "./node.ts";
import { LocalPid, type Pid } from "./pid.ts";
import { type Remote, RemotePid } from "./remote.ts";

/** What may be watched: a pid, a name, or a name on a node. */
export type Watchable = Pid | string | readonly [name: string, node: string];

/** Whom a monitor watches, as far as that is known. */
export interface Watched {
  readonly target: LocalPid | undefined;
  /** The way to what is watched, if it is on another node. */
  readonly remote: Remote | undefined;
  /** Whom the other node knows it as. */
  readonly there: RemotePid | string;
  /** What the DOWN message names: the pid, or `[name, node]`. */
  readonly object: unknown;
}

/**
 * Finds what is to be watched. Spelled out, each in the same order: objects of
 * one shape cost a call of a server nothing.
 */
export function locate(node: LocalNode, watched: Watchable): Watched {
  if (watched instanceof LocalPid) {
    return { target: watched, remote: undefined, there: "", object: watched };
  }
  if (watched instanceof RemotePid) {
    const { remote } = watched;
    return { target: undefined, remote, there: watched, object: watched };
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
  if (remote) return { target: undefined, remote, there: name, object };
  const target = known?.names.get(name)?.pid;
  return { target, remote: undefined, there: "", object };
}
