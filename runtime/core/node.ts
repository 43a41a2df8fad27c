import { ActingProcess } from "./acting.ts";
import { type Clock, realClock } from "./clock.ts";
import { RuntimeError } from "./errors.ts";
import type { ExitReason } from "./exit.ts";
import type { Body } from "./message.ts";
import type { Courier, NodeOptions } from "./node-options.ts";
import { LocalPid } from "./pid.ts";
import { DEAD, type LocalProcess, READY, WAITING } from "./process.ts";
import { Queue } from "./queue.ts";
import { LocalRef } from "./ref.ts";
import { consoleLogger, type Logger } from "./report.ts";
import { eventLoopScheduler, type Scheduler } from "./scheduler.ts";
import { die } from "./signal.ts";
import { runSlice } from "./slice.ts";
import { Timers } from "./timers.ts";
import type { Happening, TraceEvent, Tracer } from "./trace.ts";

/** Steps per turn of the event loop: costs nothing, and timers stay punctual. */
const REDUCTIONS_PER_TURN = 2_000;

/** The nodes of this realm that have a name of their own. */
const namedNodes = new Map<string, LocalNode>();
let namedCount = 0;

/** A place where processes live: the run queue, the names, the timers. */
export class LocalNode {
  readonly name: string;
  /** The first number of its pids: 0, or a count of the named nodes. */
  readonly index: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly names = new Map<string, LocalProcess>();
  readonly aliases = new Map<LocalRef, LocalProcess>();
  readonly deaths: { process: LocalProcess; reason: ExitReason }[] = [];
  readonly ready = new Queue<LocalProcess>();
  burying = false;
  /** What is left of this turn. A process that uses it up is suspended. */
  budget = 0;
  tracer: Tracer | undefined = undefined;
  courier: Courier | undefined = undefined;
  /** Neither traced nor simulated: `send` may take its short way. */
  quiet = true;
  logger: Logger;
  /** Head of the list of live processes; oldest last. */
  newest: LocalProcess | undefined = undefined;
  processCount = 0;
  readonly #scheduler: Scheduler;
  #scheduled = false;
  #lastPid = 0;
  #lastRef = 0;

  constructor(options: NodeOptions = {}) {
    this.name = options.name ?? "nonode@nohost";
    this.clock = options.clock ?? realClock();
    this.logger = options.logger ?? consoleLogger;
    this.observe(options.tracer);
    this.timers = new Timers(this.clock);
    this.#scheduler = options.scheduler ?? eventLoopScheduler();
    const named = this.name !== "nonode@nohost";
    this.index = named ? ++namedCount : 0;
    if (!named) return;
    if (namedNodes.has(this.name)) {
      throw new RuntimeError(
        "node_name_taken",
        `A node named ${this.name} is running already. Stop it, or choose another name.`,
      );
    }
    namedNodes.set(this.name, this);
  }

  spawn(
    parent: LocalPid | undefined,
    entry: Body<never, never[]>,
    args: unknown[],
  ): LocalProcess {
    const pid = new LocalPid(++this.#lastPid, this.index);
    const process = new ActingProcess(this, pid, entry, args);
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
  deliver(to: LocalPid, message: unknown): void {
    const process = to.process;
    if (process === undefined) return;
    if (this.tracer) this.trace({ kind: "deliver", to, message });
    process.mailbox.push(message);
    if (process.status === WAITING) process.home.wake(process);
  }

  wake(process: LocalProcess): void {
    process.status = READY;
    this.ready.push(process);
    if (!this.#scheduled) this.schedule();
  }

  schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#scheduler.soon(this.#turn);
  }

  /** Makes the running process suspend at its next chance. */
  interrupt(): void {
    this.budget = 0;
  }

  makeRef(owner: LocalProcess | undefined): LocalRef {
    const mailbox = owner?.mailbox;
    const id = ++this.#lastRef;
    if (!mailbox) return new LocalRef(id, this.index, undefined, 0, 0);
    return new LocalRef(id, this.index, owner.pid, mailbox.tail, mailbox.epoch);
  }

  observe(tracer: Tracer | undefined): void {
    this.tracer = tracer;
    this.quiet = tracer === undefined && this.courier === undefined;
  }

  /** From now on signals are handed to `courier`, which delivers them. */
  employ(courier: Courier): void {
    this.courier = courier;
    this.quiet = false;
  }

  nodeNamed(name: string): LocalNode | undefined {
    return name === this.name ? this : namedNodes.get(name);
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

  /** Runs one slice of one process; which one is the caller's choice. */
  step(process: LocalProcess, budget: number): void {
    this.budget = budget;
    runSlice(this, process);
  }

  /** Runs the oldest ready process for one slice. */
  stepNext(): LocalProcess | undefined {
    this.timers.fireDue();
    while (this.ready.length > 0) {
      const process = this.ready.shift();
      if (process.status === DEAD) continue;
      this.step(process, REDUCTIONS_PER_TURN);
      this.timers.arm(() => this.timers.fireDue());
      return process;
    }
    this.timers.arm(() => this.timers.fireDue());
    return undefined;
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
      this.logger({ kind: "callback", atMs: this.clock.now(), error });
    }
  }

  /** Ends every process with `noconnection` and frees the node's name. */
  stop(): void {
    while (this.newest) die(this.newest, "noconnection");
    if (namedNodes.get(this.name) === this) namedNodes.delete(this.name);
    this.timers.arm(() => {});
  }

  readonly #turn = (): void => {
    this.budget = REDUCTIONS_PER_TURN;
    this.timers.fireDue();
    while (this.ready.length > 0 && this.budget > 0) {
      runSlice(this, this.ready.shift());
    }
    this.#scheduled = this.ready.length > 0;
    if (this.#scheduled) this.#scheduler.later(this.#turn);
    else this.timers.arm(() => this.schedule());
  };
}
