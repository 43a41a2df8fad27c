import type { ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";

/** Which children are started again when one has ended. */
export type Strategy =
  | "one_for_one"
  | "one_for_all"
  | "rest_for_one"
  | "simple_one_for_one";

/** Whether a child that has ended is started again. */
export type Restart = "permanent" | "transient" | "temporary";

/** How long a child may take to stop, in ms, before it is killed. */
export type Shutdown = number | "brutal_kill" | "infinity";

export type AutoShutdown = "never" | "any_significant" | "all_significant";

/** How a supervisor behaves. Erlang's supervisor flags. */
export interface SupervisorFlags {
  /** @defaultValue "one_for_one" */
  readonly strategy?: Strategy;
  /** How many restarts within the period are borne. @defaultValue 1 */
  readonly intensity?: number;
  /** @defaultValue 5000 */
  readonly periodMs?: number;
  /** Whether it ends when its significant children have. @defaultValue "never" */
  readonly autoShutdown?: AutoShutdown;
}

/** What a child's `start` may answer; `info` is for whoever asked for the start. */
export type ChildStart =
  | readonly ["ok", pid: Pid]
  | readonly ["ok", pid: Pid, info: unknown]
  | readonly ["error", reason: ExitReason]
  | "ignore";

/** How a child is started, stopped and restarted. Erlang's child spec. */
export interface ChildSpec {
  readonly id: string;
  /**
   * Starts the child, linked to the supervisor whose `self` it gets. Under
   * `simple_one_for_one`, the arguments of `startChild` come behind.
   */
  // biome-ignore lint/suspicious/noExplicitAny: each child takes its own.
  start(self: Self<never>, ...extra: any[]): ChildStart | Step<ChildStart>;
  /** @defaultValue "permanent" */
  readonly restart?: Restart;
  /** @defaultValue 5000 for a worker, "infinity" for a supervisor */
  readonly shutdownMs?: Shutdown;
  /** @defaultValue "worker" */
  readonly type?: "worker" | "supervisor";
  /** Whether its end may end the supervisor, see {@link AutoShutdown}. */
  readonly significant?: boolean;
}

export type FullSpec = Required<ChildSpec>;
export type FullFlags = Required<SupervisorFlags>;
