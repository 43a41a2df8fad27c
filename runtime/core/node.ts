import { ActingProcess } from "./acting.ts";
import { type Clock, realClock } from "./clock.ts";
import { die } from "./death.ts";
import type { Body } from "./message.ts";
import { claimName, NO_NAME, nodeNamed, releaseName } from "./node-names.ts";
import type { Courier, NodeOptions } from "./node-options.ts";
import { checkBody } from "./not-a-body.ts";
import { LocalPid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";
import { RUNNING } from "./process-state.ts";
import { LocalRef } from "./ref.ts";
import type { Remote } from "./remote.ts";
import { consoleLogger, type Logger } from "./report.ts";
import { eventLoopScheduler } from "./scheduler.ts";
import type { Happening, TraceEvent, Tracer } from "./trace.ts";
import { Turns } from "./turns.ts";

/** A place where processes live: their names, their signals, their turns. */
export class LocalNode extends Turns {
  readonly name: string;
  /** The first number of its pids: 0, or a count of the named nodes. */
  readonly index: number;
  readonly clock: Clock;
  readonly names = new Map<string, LocalProcess>();
  tracer: Tracer | undefined = undefined;
  /** The way to a node elsewhere; set by whatever connects nodes. */
  remoteNamed: ((nodeName: string) => Remote | undefined) | undefined =
    undefined;
  /** Signals are handed to it, and it delivers them. */
  courier: Courier | undefined = undefined;
  logger: Logger;
  /** Head of the list of live processes; oldest last. */
  newest: LocalProcess | undefined = undefined;
  processCount = 0;
  #lastPid = 0;
  #lastRef = 0;

  constructor(options: NodeOptions = {}) {
    const { clock = realClock(), scheduler = eventLoopScheduler() } = options;
    super(clock, scheduler);
    this.clock = clock;
    this.name = options.name ?? NO_NAME;
    this.logger = options.logger ?? consoleLogger;
    this.tracer = options.tracer;
    this.index = claimName(this);
  }

  spawn(
    parent: LocalPid | undefined,
    entry: Body<never, never[]>,
    args: unknown[],
  ): LocalProcess {
    if (typeof entry !== "function") checkBody(entry);
    const pid = new LocalPid(++this.#lastPid, this.index);
    const process = new ActingProcess(this, pid, entry, args);
    pid.process = process;
    const newest = this.newest;
    if (newest !== undefined) newest.previous = process;
    process.following = newest;
    this.newest = process;
    this.processCount++;
    if (this.tracer) {
      this.trace({ kind: "spawn", pid, parent, label: process.label });
    }
    this.ready.push(process);
    this.schedule();
    return process;
  }

  /** Puts a message into a mailbox. To a dead process: nothing happens. */
  deliver(to: LocalPid | undefined, message: unknown): void {
    if (to === undefined) return;
    const { process } = to;
    if (process === undefined) return;
    // It happens there, whoever has sent it.
    const { home } = process;
    if (home.tracer !== undefined) {
      home.trace({ kind: "deliver", to, message });
    }
    process.accept(message);
  }

  makeRef(owner: LocalProcess | undefined): LocalRef {
    const mailbox = owner?.mailbox;
    const id = ++this.#lastRef;
    if (!mailbox) return new LocalRef(id, this.index, undefined, 0, 0);
    return new LocalRef(id, this.index, owner.pid, mailbox.tail, mailbox.epoch);
  }

  nodeNamed(name: string): LocalNode | undefined {
    return nodeNamed(this, name);
  }

  unregister(process: LocalProcess): void {
    const name = process.registeredName as string;
    process.registeredName = undefined;
    this.names.delete(name);
    if (this.tracer) this.trace({ kind: "unregister", pid: process.pid, name });
  }

  /** Takes a dead process off the list of the living. */
  forget(process: LocalProcess): void {
    const { previous, following } = process;
    if (previous !== undefined) previous.following = following;
    else this.newest = following;
    if (following !== undefined) following.previous = previous;
    process.previous = process.following = undefined;
    this.processCount--;
  }

  trace(happening: Happening): void {
    const event = { atMs: this.clock.now(), node: this.name, ...happening };
    this.guarded(() => this.tracer?.(event as TraceEvent));
  }

  /** Runs code that is not a process's own; what it throws is only reported. */
  guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error: unknown): void {
    try {
      this.logger({ kind: "callback", atMs: this.clock.now(), error });
    } catch {
      // Nobody is left to tell, and let out it would end the turn of all.
    }
  }

  /**
   * Ends every process with `noconnection` and frees the node's name. One that
   * calls it itself ends where it next suspends; what it makes until then stays.
   */
  stop(): void {
    for (let one = this.newest; one; one = this.newest) {
      if (one.status === RUNNING) {
        one.pendingExit ??= { reason: "noconnection" };
        this.interrupt();
        if (one.following === undefined) break;
        one = one.following;
      }
      die(one, "noconnection");
    }
    releaseName(this);
    this.timers.clear();
  }
}
