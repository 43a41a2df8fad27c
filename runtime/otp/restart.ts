import type { ExitReason } from "../core/exit.ts";
import type { Restart, Strategy } from "./child-spec.ts";
import { isExpected } from "./report.ts";

/** Whether a child that ended with `reason` is to be started again. */
export function shouldRestart(restart: Restart, reason: ExitReason): boolean {
  switch (restart) {
    case "permanent":
      return true;
    case "transient":
      return !isExpected(reason);
    case "temporary":
      return false;
  }
}

/** The children to restart, in start order, when `failed` has ended. */
export function affected<Child>(
  strategy: Strategy,
  children: { readonly list: readonly Child[] },
  failed: Child,
): readonly Child[] {
  switch (strategy) {
    case "one_for_one":
    case "simple_one_for_one":
      return [failed];
    case "one_for_all":
      return children.list;
    case "rest_for_one":
      return children.list.slice(children.list.indexOf(failed));
  }
}

/**
 * The restarts of late, and one more now.
 *
 * Counted in whole seconds, as OTP counts: a period of 1 s means between one
 * second and just under two, depending on where in a second it began.
 *
 * @returns those still within the period; more than the intensity are too many.
 */
export function addRestart(
  restarts: readonly number[],
  nowMs: number,
  periodMs: number,
): number[] {
  const now = Math.floor(nowMs / 1_000);
  const oldest = now - periodMs / 1_000;
  return [...restarts.filter((second) => second >= oldest), now];
}
