import { After } from "./clauses.ts";
import { badarg } from "./errors.ts";
import type { ExitReason } from "./exit.ts";
import { link, unlink } from "./link.ts";
import type { Body } from "./message.ts";
import {
  demonitor,
  type MonitorOptions,
  monitor,
  type Watchable,
} from "./monitor.ts";
import { LocalPid, type Pid } from "./pid.ts";
import { LocalProcess, WAITING } from "./process.ts";
import { LocalRef, type Ref } from "./ref.ts";
import { register, unregister } from "./registry.ts";
import { sendSlowly } from "./send.ts";
import { cancelTimer, readTimer, setTimer } from "./send-after.ts";
import { sendExitSignal } from "./signal.ts";
import { Wait } from "./wait.ts";

type AnyBody = Body<never, never[]>;

/** The clauses of a receive that only waits. */
const NOTHING = {};

/**
 * What a process does to the world: the other half of {@link Self}. Each
 * operation is explained there and done in the file of its idea.
 */
export class ActingProcess extends LocalProcess {
  send(to: unknown, message: unknown): void {
    // The one hot line of the runtime: a living local receiver, nobody looking.
    if (to instanceof LocalPid && this.home.quiet) {
      const target = to.process;
      if (target === undefined) return;
      target.mailbox.push(message);
      if (target.status === WAITING) target.home.wake(target);
      return;
    }
    sendSlowly(this.home, this.pid, to, message);
  }

  get node(): string {
    return this.home.name;
  }

  sleep(ms: number) {
    return this.receive(NOTHING, new After(ms, undefined));
  }

  *yield() {
    yield { suspended: true } as const;
  }

  wait(promise: PromiseLike<unknown>) {
    if (this.unresumed !== undefined) this.forgotten();
    this.unresumed = "self.wait";
    return new Wait(this, promise);
  }

  spawn(body: AnyBody, ...args: unknown[]): LocalPid {
    return this.home.spawn(this.pid, body, args).pid;
  }

  spawnLink(body: AnyBody, ...args: unknown[]): LocalPid {
    const { pid } = this.home.spawn(this.pid, body, args);
    link(this, pid as Pid);
    return pid;
  }

  spawnMonitor(body: AnyBody, ...args: unknown[]): [LocalPid, Ref] {
    const { pid } = this.home.spawn(this.pid, body, args);
    return [pid, monitor(this, pid as Pid, {})];
  }

  link(to: Pid): void {
    link(this, to);
  }

  unlink(from: Pid): void {
    unlink(this, from);
  }

  monitor(watched: Watchable, options: MonitorOptions = {}): Ref {
    return monitor(this, watched, options);
  }

  demonitor(
    ref: Ref,
    options: { flush?: boolean; info?: boolean } = {},
  ): boolean {
    return demonitor(this, ref, options);
  }

  trapExit(trap: boolean): boolean {
    if (typeof trap !== "boolean") {
      throw badarg(`trapExit(${String(trap)}): true or false is wanted.`);
    }
    const before = this.trapping;
    this.trapping = trap;
    return before;
  }

  sendExit(to: Pid, reason: ExitReason): void {
    sendExitSignal(this.home, this.pid, to, reason, false);
    // To oneself the signal arrives before the call returns.
    if (this.pendingExit !== undefined && to === (this.pid as Pid)) {
      this.exit(this.pendingExit.reason);
    }
  }

  sendAfter(ms: number, to: unknown, message: unknown): Ref {
    return setTimer(this, ms, to, () => message);
  }

  startTimer(ms: number, to: unknown, message: unknown): Ref {
    return setTimer(this, ms, to, (ref) => ["timeout", ref, message]);
  }

  cancelTimer(timer: Ref): number | false {
    return cancelTimer(this.home, timer);
  }

  readTimer(timer: Ref): number | false {
    return readTimer(this.home, timer);
  }

  register(name: string, pid: Pid = this.pid as Pid): void {
    register(this.home, name, pid);
  }

  unregister(name: string): void {
    unregister(this.home, name);
  }

  whereis(name: string): LocalPid | undefined {
    return this.home.names.get(name)?.pid;
  }

  makeRef(): Ref {
    return this.home.makeRef(this) as Ref;
  }

  alias(): Ref {
    const ref = this.home.makeRef(this);
    this.home.aliases.set(ref, this);
    this.cleanups ??= new Set();
    this.cleanups.add(() => this.home.aliases.delete(ref));
    return ref as Ref;
  }

  unalias(ref: Ref): boolean {
    if (!(ref instanceof LocalRef))
      throw badarg(`unalias: ${ref} is no reference.`);
    if (this.home.aliases.get(ref) !== this) return false;
    return this.home.aliases.delete(ref);
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      const controller = new AbortController();
      this.controller = controller;
      this.cleanups ??= new Set();
      this.cleanups.add((reason) => controller.abort(reason));
    }
    return this.controller.signal;
  }
}
