import type { Alarm } from "./alarm-heap.ts";
import { type Holder, Nested, resumeDelegate } from "./apply.ts";
import { atOnce } from "./at-once.ts";
import { After, type AnyClauses, Matching } from "./clauses.ts";
import { Exit, type ExitReason } from "./exit.ts";
import type { Few } from "./few.ts";
import { forgotten } from "./forgotten.ts";
import type { Body, Process, Suspend } from "./message.ts";
import type { LocalNode } from "./node.ts";
import type { LocalPid } from "./pid.ts";
import { Queue } from "./queue.ts";
import { noClauses, positionOf } from "./receive.ts";
import type { LocalRef } from "./ref.ts";
import type { AnyPid, AnyRef } from "./remote.ts";
import type { Waiter } from "./timers.ts";
import { unwatch } from "./unwatch.ts";
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
 * One process: its mailbox, its place in the program, and what it has to do
 * with others. It is its own `yield*` iterator, so a receive that finds its
 * message allocates nothing, and its own mailbox: an object less to each spawn.
 *
 * Read `next` first; everything that a process waits for goes through it.
 */
export class LocalProcess extends Queue<unknown> implements Holder, Waiter {
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
    pid.process = this;
  }

  get mailbox(): Queue<unknown> {
    return this;
  }

  receive(
    clauses?: AnyClauses | Matching<never, unknown>,
    timeout?: After<unknown>,
  ) {
    if (this.unresumed !== undefined) forgotten(this);
    this.unresumed = "self.receive";
    this.timeout = timeout;
    if (clauses === undefined) this.clauses = undefined;
    else if (clauses instanceof Matching) {
      this.clauses = clauses.clauses;
      this.wantedRef = clauses.ref;
      this.scanned = positionOf(clauses.ref, this);
    } else {
      if (clauses instanceof After) noClauses(this);
      this.clauses = clauses;
      this.wantedRef = undefined;
      this.scanned = this.mailbox.head;
    }
    return this.depth === 0 ? this : new Nested(this, this.depth);
  }

  [Symbol.iterator]() {
    this.unresumed = undefined;
    return this;
  }

  next(): IteratorResult<Suspend, unknown> {
    if (this.delegate !== undefined) return resumeDelegate(this, this, 0);
    return atOnce(this);
  }

  timeUp(): void {
    this.timedOut = true;
    if (this.status === WAITING) this.home.wake(this);
  }

  /** Drops a monitor whose single reply has come. */
  forgetMonitor(ref: LocalRef, entry: MonitorEntry): void {
    unwatch(this.pid, entry, ref);
    this.monitors?.delete(ref);
    ref.alias = undefined;
  }

  exit(reason: ExitReason): never {
    throw new Exit(reason);
  }
}
