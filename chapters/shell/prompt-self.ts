import { inspect } from "node:util";
import type { After, Self, Step } from "#runtime";

/** What the prompt's handle needs of the process behind it. */
interface Worker {
  run<T>(work: (self: Self<unknown>) => Step<T>): Promise<T>;
}

type Suspending = "receive" | "sleep" | "wait" | "yield";

/**
 * The `self` of the prompt: a process's own, except that what suspends gives
 * a promise, for an expression at the prompt is no generator.
 */
export type PromptSelf = Omit<Self<unknown>, Suspending> & {
  receive(clauses?: object, after?: After<unknown>): Promise<unknown>;
  sleep(ms: number): Promise<void>;
};

/** Every operation that does not suspend. */
const operations = [
  "send",
  "sendAfter",
  "startTimer",
  "cancelTimer",
  "readTimer",
  "spawn",
  "spawnLink",
  "spawnMonitor",
  "link",
  "unlink",
  "monitor",
  "demonitor",
  "trapExit",
  "exit",
  "sendExit",
  "register",
  "unregister",
  "whereis",
  "makeRef",
  "alias",
  "unalias",
] as const satisfies readonly (keyof Self<unknown>)[];

/** Makes the handle by which expressions act as the prompt's process. */
export function handleOf(self: Self<unknown>, worker: Worker): PromptSelf {
  const bound = operations.map((name) => [
    name,
    (self[name] as CallableFunction).bind(self),
  ]);
  const handle: PromptSelf = Object.assign(new Handle(self), {
    ...(Object.fromEntries(bound) as Omit<PromptSelf, "pid" | "node">),
    pid: self.pid,
    node: self.node,
    signal: self.signal,
    // Where self.pid was meant, the runtime knows what to say of a real self.
    send: (to: unknown, message: unknown) =>
      self.send((to === handle ? self : to) as never, message as never),
    receive: (clauses?: object, after?: After<unknown>) =>
      worker.run(function* receive(me) {
        if (clauses === undefined && after === undefined) {
          return yield* me.receive();
        }
        return yield* me.receive((clauses ?? {}) as never, after as never);
      }),
    sleep: (ms: number) =>
      worker.run(function* sleep(me) {
        yield* me.sleep(ms);
      }),
  });
  return handle;
}

/** Prints as the self of a body does: what it can do would fill the screen. */
class Handle {
  readonly #self: Self<unknown>;

  constructor(self: Self<unknown>) {
    this.#self = self;
  }

  toString(): string {
    return `${this.#self}`;
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
