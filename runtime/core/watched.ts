import { badarg } from "./errors.ts";
import type { AliasMode } from "./monitor.ts";
import type { LocalNode } from "./node.ts";
import { LocalPid, type Pid } from "./pid.ts";
import { type Remote, RemotePid } from "./remote.ts";

/** What may be watched: a pid, a name, or a name on a node. */
export type Watchable = Pid | string | readonly [name: string, node: string];

/** A monitor as its owner remembers it. Gone once the DOWN is delivered. */
export interface MonitorEntry {
  /** Who is watched, if it is a process of this program. */
  readonly target: LocalPid | undefined;
  /** The way to what is watched, if it is on another node. */
  readonly remote: Remote | undefined;
  /** Whom the other node knows it as. */
  readonly there: RemotePid | string;
  /** What the DOWN message names: the pid, or `[name, node]`. */
  readonly object: unknown;
  /** What the DOWN message begins with. */
  readonly tag: unknown;
  readonly alias: AliasMode | undefined;
}

/**
 * Finds what is to be watched, for a monitor with this tag and alias. All are
 * made by `monitorEntry`: V8 is fast where objects have one shape.
 */
export function locate(
  node: LocalNode,
  watched: Watchable,
  tag: unknown,
  alias: AliasMode | undefined,
): MonitorEntry {
  if (watched instanceof LocalPid) {
    return monitorEntry(watched, undefined, "", watched, tag, alias);
  }
  if (watched instanceof RemotePid) {
    const { remote } = watched;
    return monitorEntry(undefined, remote, watched, watched, tag, alias);
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
  if (remote) return monitorEntry(undefined, remote, name, object, tag, alias);
  const target = known?.names.get(name)?.pid;
  return monitorEntry(target, undefined, "", object, tag, alias);
}

/** The one place where entries are made. */
export function monitorEntry(
  target: LocalPid | undefined,
  remote: Remote | undefined,
  there: RemotePid | string,
  object: unknown,
  tag: unknown,
  alias?: AliasMode,
): MonitorEntry {
  return { target, remote, there, object, tag, alias };
}
