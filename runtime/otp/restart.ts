import type { ExitReason } from "../core/exit.ts";
import type { Queue } from "../core/queue.ts";
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
 * Adds a restart to those of late and forgets the ones before the period.
 *
 * Counted in whole seconds, as OTP counts: a period of 1 s means between one
 * second and just under two, depending on where in a second it began. Each is
 * added and forgotten once, so that many in one period cost no more each.
 *
 * @returns how many are still within it; more than the intensity are too many.
 */
export function addRestart(
  restarts: Queue<number>,
  nowMs: number,
  periodMs: number,
): number {
  const now = Math.floor(nowMs / 1_000);
  const oldest = now - periodMs / 1_000;
  while (restarts.length > 0 && restarts.at(restarts.head) < oldest) {
    restarts.shift();
  }
  restarts.push(now);
  return restarts.length;
}
