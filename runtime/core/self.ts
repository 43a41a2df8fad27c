import type { After, Clauses, Matching } from "./clauses.ts";
import type { ExitReason } from "./exit.ts";
import type { Body, Step } from "./message.ts";
import type { MonitorOptions } from "./monitor.ts";
import type { accepts, Pid } from "./pid.ts";
import type { aliasAccepts, Ref } from "./ref.ts";
import type { SpawnRequestOptions } from "./spawn-request.ts";
import type { Watchable } from "./watched.ts";

/** Where a message can be sent to: a pid, an alias, a name, a name on a node. */
export type Address<M> =
  | Pid<M>
  | Ref<M>
  | string
  | readonly [name: string, node: string];

/** What only the process itself can do. Every body gets one as first argument. */
export interface Self<M> {
  /** For the compiler only: a self is no address, as its pid is one. */
  readonly [accepts]?: "write self.pid";
  readonly [aliasAccepts]?: "write self.pid";
  /** This process's own address. Erlang's `self()`. */
  readonly pid: Pid<M>;
  /** The name of the node it runs on. Erlang's `node()`. */
  readonly node: string;
  /** Fires when this process dies; for `fetch` and the like. */
  readonly signal: AbortSignal;

  /** Takes the oldest message; waits for one if there is none. */
  receive(): Step<M>;
  /**
   * Erlang's selective receive: the oldest message that any clause matches.
   * The others stay where they are. Written `yield* self.receive(…)`.
   *
   * As the last act of a body it may be given back, `return self.receive(…)`.
   * A body that does no more than that needs no star. Then no generator is made
   * for each message, and a loop of such bodies is half as fast again:
   * `npm run bench -- ping-pong-clauses ping-pong-given-back`.
   */
  receive<R>(clauses: Clauses<M, R> | Matching<M, R>): Step<R>;
  receive<R, T>(
    clauses: Clauses<M, R> | Matching<M, R>,
    after: After<T>,
  ): Step<R | T>;
  /** Waits for `ms` milliseconds and leaves the mailbox alone. */
  sleep(ms: number): Step<void>;
  /** Lets the others have a turn. Erlang's `erlang:yield/0`. */
  yield(): Step<void>;
  /** Waits for a promise; gives its value or throws what it rejects with. */
  wait<T>(promise: PromiseLike<T>): Step<T>;

  /**
   * Sends a message and goes on at once. To a dead process it vanishes; to a
   * name that nobody here has it is a `badarg`; to `[name, node]` it vanishes.
   */
  send(
    to: string | readonly [name: string, node: string],
    message: unknown,
  ): void;
  // Last, for a compiler tells what does not fit the last one.
  send<T>(to: Pid<T> | Ref<T>, message: NoInfer<T>): void;
  /** Sends `message` in `ms` milliseconds. Erlang's `send_after/3`. */
  sendAfter<T>(ms: number, to: Pid<T> | string, message: NoInfer<T>): Ref;
  /** The same, wrapped: `["timeout", ref, message]`. `start_timer/3`. */
  startTimer(ms: number, to: Pid | string, message: unknown): Ref;
  /** The milliseconds that were left, or false if it was too late. */
  cancelTimer(timer: Ref): number | false;
  readTimer(timer: Ref): number | false;

  spawn<N, A extends unknown[]>(body: Body<Self<N>, A>, ...args: A): Pid<N>;
  /** Spawns and links in one step, so that no death goes unnoticed between. */
  spawnLink<N, A extends unknown[]>(body: Body<Self<N>, A>, ...args: A): Pid<N>;
  spawnMonitor<N, A extends unknown[]>(
    body: Body<Self<N>, A>,
    ...args: A
  ): [pid: Pid<N>, ref: Ref];

  /**
   * Asks for a process and goes on; `["spawn_reply", ref, "ok", pid]` arrives
   * before anything that tells of its end. Erlang's `spawn_request/5`.
   */
  spawnRequest<N, A extends unknown[]>(
    body: Body<Self<N>, A>,
    args: A,
    options?: SpawnRequestOptions,
  ): Ref;

  link(to: Pid): void;
  unlink(from: Pid): void;
  monitor(watched: Watchable, options?: MonitorOptions): Ref;
  /** No DOWN arrives after this; with `flush` not even one already there. */
  demonitor(ref: Ref, options?: { flush?: boolean; info?: boolean }): boolean;
  /** Whether exit signals become messages. Returns what was set before. */
  trapExit(trap: boolean): boolean;

  /** Ends this process, unless it catches the {@link Exit}. Erlang's `exit/1`. */
  exit(reason: ExitReason): never;
  /** Sends an exit signal to any process. Erlang's `exit/2`. */
  sendExit(to: Pid, reason: ExitReason): void;

  register(name: string, pid?: Pid): void;
  unregister(name: string): void;
  whereis(name: string): Pid | undefined;
  makeRef(): Ref;
  /** A reference that is an address of this process until `unalias`. */
  alias(): Ref<M>;
  unalias(ref: Ref): boolean;
}

/**
 * Any process's self, whatever it receives: what functions take that a process
 * calls for itself, such as `genServer.call(self, …)`.
 */
export interface Caller {
  readonly pid: Pid;
  readonly node: string;
}
