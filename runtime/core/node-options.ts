import type { Clock } from "./clock.ts";
import type { LocalPid } from "./pid.ts";
import type { Logger } from "./report.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Tracer } from "./trace.ts";

/** What a node is made with. Each has a default that suits a program. */
export interface NodeOptions {
  /** Erlang's `name@host`. @defaultValue `"nonode@nohost"` */
  readonly name?: string;
  readonly clock?: Clock;
  readonly scheduler?: Scheduler;
  readonly logger?: Logger;
  readonly tracer?: Tracer;
}

/** Carries signals that may be under way for a while; used by `simulate`. */
export type Courier = (
  from: LocalPid | undefined,
  to: LocalPid,
  arrive: () => void,
) => void;
