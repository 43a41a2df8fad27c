import { type ProcessInfo, processesOf, processInfo } from "../core/info.ts";
import type { Pid } from "../core/pid.ts";
import { LocalProcess } from "../core/process.ts";
import type { Caller } from "../core/self.ts";
import { type Node, processes } from "../core/world.ts";
import { childrenOf } from "./supervisor-state.ts";

/** A supervisor, or a child of one, as it is at this moment. */
export interface TreeNode {
  /** The child's id; for a root, its name. */
  readonly id: string;
  readonly pid: Pid | undefined;
  readonly state: "running" | "restarting" | "stopped";
  /** Restarts of late that this supervisor has counted. */
  readonly restarts: number;
  readonly children: readonly TreeNode[];
}

/** A node's processes and supervision trees, as plain data. */
export interface Observation {
  readonly processes: readonly ProcessInfo[];
  readonly trees: readonly TreeNode[];
}

/**
 * Looks at a node without disturbing it: no process is asked.
 *
 * @param where a node, or a process on it. @defaultValue the default node
 */
export function observe(where?: Node | Caller): Observation {
  const pids = pidsOf(where);
  const supervisors = pids.filter((pid) => childrenOf(pid));
  const isChild = new Set(
    supervisors.flatMap((pid) =>
      (childrenOf(pid)?.list ?? []).map((child) => child.pid),
    ),
  );
  const infos = pids.map(processInfo).filter((info) => info !== undefined);
  const trees = supervisors
    .filter((pid) => !isChild.has(pid))
    .map((pid) => treeOf(nameOf(pid, infos), pid, "running"));
  return { processes: infos, trees };
}

function treeOf(
  id: string,
  pid: Pid | undefined,
  state: TreeNode["state"],
): TreeNode {
  const children = pid && childrenOf(pid);
  return {
    id,
    pid,
    state,
    restarts: children?.restarts.length ?? 0,
    children: (children?.list ?? []).map((child) => {
      const running = child.pid ? "running" : "stopped";
      const how = child.isRestarting ? "restarting" : running;
      return treeOf(child.spec.id, child.pid, how);
    }),
  };
}

function nameOf(pid: Pid, infos: readonly ProcessInfo[]): string {
  const info = infos.find((one) => one.pid === pid);
  return info?.registeredName ?? info?.label ?? `${pid}`;
}

function pidsOf(where: Node | Caller | undefined): Pid[] {
  if (where === undefined) return processes();
  if (where instanceof LocalProcess) return processesOf(where.home);
  return (where as Node).processes();
}
