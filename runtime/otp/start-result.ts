import type { ExitReason } from "../core/exit.ts";

/**
 * What starting a process answers, as in OTP: the pid once its `init` has
 * finished, the reason why not, or `"ignore"` if it does not want to run.
 */
export type StartResult<P> =
  | readonly ["ok", pid: P]
  | readonly ["error", reason: ExitReason]
  | "ignore";

/** How a process is started. */
export interface StartOptions {
  /** A name to register before `init` runs. */
  readonly name?: string | undefined;
  /** How long `init` may take. @defaultValue Infinity */
  readonly timeoutMs?: number | undefined;
}
