import type { ExitReason } from "../core/exit.ts";
import type { Pid } from "../core/pid.ts";
import type { ChildSpec, ChildStart, FullSpec } from "./child-spec.ts";
import type { Server } from "./protocol.ts";

/** A child as {@link whichChildren} lists it. */
export type ListedChild = readonly [
  /** Undefined under `simple_one_for_one`, where all have the same. */
  id: string | undefined,
  child: Pid | "restarting" | undefined,
  type: "worker" | "supervisor",
];

export interface ChildCounts {
  readonly specs: number;
  /** Children that run now. */
  readonly active: number;
  readonly supervisors: number;
  readonly workers: number;
}

export type Refused = readonly ["error", reason: unknown];
/** A started child; the pid is undefined if it did not want to run. */
export type Began =
  | readonly ["ok", pid: Pid | undefined]
  | Exclude<ChildStart, "ignore">;

/** What a supervisor can be asked; supervisor.ts has a function for each. */
export interface SupervisorProtocol {
  readonly call: {
    start_child(wanted: ChildSpec | readonly unknown[]): Began;
    terminate_child(child: string | Pid): "ok" | Refused;
    restart_child(id: string): Began;
    delete_child(id: string): "ok" | Refused;
    which_children(): readonly ListedChild[];
    count_children(): ChildCounts;
    get_childspec(child: string | Pid): readonly ["ok", FullSpec] | Refused;
  };
  readonly cast: { try_again(child: unknown): void };
  readonly info: readonly ["EXIT", from: Pid, reason: ExitReason];
}

export type Supervisor = Server<SupervisorProtocol>;
