import type { Alarm } from "./alarm-heap.ts";
import type { After, AnyClauses } from "./clauses.ts";
import type { ExitReason } from "./exit.ts";
import type { Few } from "./few.ts";
import type { Body, Process } from "./message.ts";
import type { LocalNode } from "./node.ts";
import type { LocalPid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";
import { Queue } from "./queue.ts";
import type { LocalRef } from "./ref.ts";
import type { AnyPid, AnyRef } from "./remote.ts";
import type { MonitorEntry } from "./watched.ts";

/** What a process is doing, as the scheduler sees it. */
export const READY = 0;
export const RUNNING = 1;
/** In a receive that nothing has matched yet; a message wakes it. */
export const WAITING = 2;
/** In a `wait` for something foreign; a message does not wake it. */
export const AWAY = 3;
export const DEAD = 4;
export type Status = 0 | 1 | 2 | 3 | 4;

/**
 * What a process has: its place in the program, the receive under way, and its
 * ties to others. It is its own mailbox: one object less for each to make, and
 * for each send to touch.
 */
export class ProcessState extends Queue<unknown> {
  // What every turn looks at comes first: it is next to each other in memory.
  status: Status = READY;
  /** A suspending call that was made and not yet written `yield*` before. */
  unresumed: string | undefined = undefined;
  /** It has sent more than a link carries away, and runs on when that has room. */
  held = false;
  /** The generator that runs. A tail call replaces it. */
  body: Process | undefined = undefined;
  /** The node it lives on; 'node' is its name, as in Erlang. */
  readonly home: LocalNode;
  /** An exit signal that came while it ran; obeyed when it next suspends. */
  pendingExit: { readonly reason: ExitReason } | undefined = undefined;
  /** A generator clause that is being run as part of a receive. */
  delegate: Process | undefined = undefined;
  depth = 0;

  /** The receive under way. `undefined` takes the oldest message. */
  clauses: AnyClauses | undefined = undefined;
  timeout: After<unknown> | undefined = undefined;
  /** Every message must carry it as first field, if set. */
  wantedRef: LocalRef | undefined = undefined;
  /** Messages before this position have been tried against `clauses`. */
  scanned = 0;
  timedOut = false;
  /** Set while the receive waits with a time limit; see `Timers.limit`. */
  limitOrder = -1;
  alarm: Alarm | undefined = undefined;

  readonly pid: LocalPid;
  /** What to make the body from, until the first slice. */
  entry: Body<never, never[]> | undefined;
  args: unknown[] | undefined;
  trapping = false;
  links: Few<AnyPid, true> | undefined = undefined;
  monitors: Few<LocalRef, MonitorEntry> | undefined = undefined;
  /** Who watches this process, by reference. */
  watchers: Few<AnyRef, AnyPid> | undefined = undefined;
  registeredName: string | undefined = undefined;
  /** Run when it dies: sockets to close, timers to cancel, signals to fire. */
  cleanups: Set<(reason: ExitReason) => void> | undefined = undefined;
  controller: AbortController | undefined = undefined;
  /** Reports what nobody caught, in place of the node's own report. */
  reportCrash: ((thrown: unknown) => void) | undefined = undefined;
  /** Neighbours in the node's list of live processes. */
  previous: LocalProcess | undefined = undefined;
  following: LocalProcess | undefined = undefined;
  readonly label: string;

  constructor(
    node: LocalNode,
    pid: LocalPid,
    entry: Body<never, never[]>,
    args: unknown[],
  ) {
    super();
    this.home = node;
    this.pid = pid;
    this.entry = entry;
    this.args = args;
    this.label = entry.name;
  }

  get mailbox(): Queue<unknown> {
    return this;
  }
}
