import type { LocalNode } from "./node.ts";
import { LocalPid, type Pid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";
import { AWAY, READY, RUNNING } from "./process-state.ts";

/** What can be seen of a process from outside: Erlang's `process_info/1`. */
export interface ProcessInfo {
  readonly pid: Pid;
  readonly label: string;
  readonly registeredName: string | undefined;
  readonly status: "waiting" | "running" | "runnable" | "away";
  readonly links: readonly Pid[];
  /** The processes it watches. */
  readonly monitors: readonly Pid[];
  /** The processes that watch it. */
  readonly monitoredBy: readonly Pid[];
  readonly trapExit: boolean;
  readonly messageQueueLength: number;
  /** The messages that wait, oldest first. */
  readonly messages: readonly unknown[];
}

/** What a process looks like now; `undefined` once it is dead. */
export function processInfo(pid: Pid): ProcessInfo | undefined {
  const process = pid instanceof LocalPid ? pid.process : undefined;
  if (process === undefined) return undefined;
  const { mailbox, label, registeredName, trapping, links, watchers } = process;
  const monitored = [...(process.monitors?.values() ?? [])];
  return {
    pid,
    label,
    registeredName,
    status: statusOf(process),
    links: [...(links?.keys() ?? [])] as Pid[],
    monitors: monitored.flatMap(({ target }) =>
      target ? [target as Pid] : [],
    ),
    monitoredBy: [...(watchers?.values() ?? [])] as Pid[],
    trapExit: trapping,
    messageQueueLength: mailbox.length,
    messages: mailbox.toArray(),
  };
}

/** The processes that live on a node, oldest first: Erlang's `processes/0`. */
export function processesOf(node: LocalNode): Pid[] {
  const pids: Pid[] = [];
  for (let one = node.newest; one; one = one.following)
    pids.push(one.pid as Pid);
  return pids.reverse();
}

function statusOf({ status }: LocalProcess): ProcessInfo["status"] {
  if (status === RUNNING) return "running";
  if (status === READY) return "runnable";
  return status === AWAY ? "away" : "waiting";
}
