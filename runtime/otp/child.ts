import type { ExitReason } from "../core/exit.ts";
import type { Pid } from "../core/pid.ts";
import type { FullSpec } from "./child-spec.ts";

/** A child as its supervisor knows it. */
export interface Child {
  readonly spec: FullSpec;
  /** Undefined when it has ended or does not want to run. */
  pid: Pid | undefined;
  /** Its restart has failed and will be tried again. */
  isRestarting: boolean;
  /** Its last pid, by which a dynamic child is still known meanwhile. */
  formerPid: Pid | undefined;
  /** What `startChild` was given, under `simple_one_for_one`. */
  readonly extra: readonly unknown[];
}

/** A child that could not be started, and why. */
export interface Failure {
  readonly child: Child;
  readonly reason: ExitReason;
}

export function childOf(spec: FullSpec, extra: readonly unknown[] = []): Child {
  return {
    spec,
    pid: undefined,
    isRestarting: false,
    formerPid: undefined,
    extra,
  };
}
