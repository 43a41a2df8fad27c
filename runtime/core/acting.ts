import { dropAlias, makeAlias } from "./alias.ts";
import { After } from "./clauses.ts";
import { checkCall } from "./forgotten.ts";
import { inspected } from "./inspected.ts";
import { LocalPid, type Pid } from "./pid.ts";
import { LocalRef, type Ref } from "./ref.ts";
import { register, unregister } from "./registry.ts";
import { RelatedProcess } from "./related.ts";
import { behind, sendSlowly } from "./send.ts";
import { cancelTimer, readTimer, setTimer } from "./send-after.ts";
import { Turn } from "./turn.ts";
import { Wait } from "./wait.ts";

/** The clauses of a receive that only waits. */
const NOTHING = {};

/**
 * What a process does to the world: messages, timers, names, references. Each
 * operation is explained in {@link Self} and done in the file of its idea.
 */
export class ActingProcess extends RelatedProcess {
  send(to: unknown, message: unknown): void {
    // The one hot line of the runtime: a local receiver, nobody looking.
    const { home } = this;
    if (home.tracer === undefined && home.courier === undefined) {
      if (to instanceof LocalPid) return to.process?.accept(message);
      // The reply to a call.
      if (to instanceof LocalRef) return home.deliver(behind(to), message);
    }
    sendSlowly(home, this.pid, to, message);
  }

  /** In a message it is a mistake: what is sent is `self.pid`. */
  override toString(): string {
    return `the self of ${this.pid}`;
  }

  /** Or console.log would show the whole node, which hangs together with it. */
  [inspected](): string {
    return this.toString();
  }

  get node(): string {
    return this.home.name;
  }

  sleep(ms: number) {
    checkCall(this, "self.sleep");
    const step = this.receive(NOTHING, new After(ms, undefined));
    this.unresumed = "self.sleep";
    return step;
  }

  yield() {
    checkCall(this, "self.yield");
    this.unresumed = "self.yield";
    return new Turn(this);
  }

  wait(promise: PromiseLike<unknown>) {
    checkCall(this, "self.wait");
    // Last: what throws here was not forgotten.
    const wait = new Wait(this, promise);
    this.unresumed = "self.wait";
    return wait;
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
    return makeAlias(this);
  }

  unalias(ref: Ref): boolean {
    return dropAlias(this, ref);
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
