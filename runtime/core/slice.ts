import { isGenerator } from "./apply.ts";
import { die } from "./death.ts";
import { reasonOf } from "./exit.ts";
import { forgotten } from "./forgotten.ts";
import type { LocalNode } from "./node.ts";
import { checkEnd, strayYield } from "./not-a-body.ts";
import type { LocalProcess } from "./process.ts";
import { AWAY, DEAD, READY, RUNNING, WAITING } from "./process-state.ts";
import { crashReport } from "./report.ts";

/**
 * Lets a process run until it waits, ends or has used up its share of the
 * turn; then sees to what it left behind.
 */
export function runSlice(process: LocalProcess): void {
  if (process.status === DEAD) return;
  if (process.held) {
    process.status = AWAY;
    return;
  }
  const node = process.home;
  process.status = RUNNING;
  node.budget--;
  try {
    if (advance(node, process)) return;
  } catch (thrown) {
    process.unresumed = undefined;
    const reason = reasonOf(thrown);
    // Ended by a signal: what it threw on its way out is no news.
    if (process.pendingExit === undefined) reportCrash(process, thrown);
    die(process, process.pendingExit?.reason ?? reason);
    return;
  }
  const status = process.status as number;
  const { pendingExit, timedOut } = process;
  // Asked first, for that is how most slices end.
  if (status === WAITING && pendingExit === undefined && !timedOut) return;
  if (pendingExit !== undefined && status !== DEAD) {
    die(process, pendingExit.reason);
    return;
  }
  if (status === RUNNING || status === READY) {
    process.status = READY;
    node.ready.push(process);
  } else if (timedOut && status !== AWAY) node.wake(process);
}

/**
 * Resumes the body; goes on by itself through tail calls.
 *
 * @returns whether it has given way at one, and is seen to already.
 */
function advance(node: LocalNode, process: LocalProcess): boolean {
  let value: unknown;
  if (process.body === undefined) {
    const { entry, args } = process;
    process.entry = process.args = undefined;
    value = (entry as (...all: unknown[]) => unknown)(
      process,
      ...(args as unknown[]),
    );
  } else {
    const step = process.body.next();
    if (!step.done) {
      if (step.value !== undefined) strayYield(process, step.value);
      return false;
    }
    value = step.value;
  }
  while (isGenerator(value)) {
    process.body = value;
    if (process.unresumed !== undefined) {
      // `return self.sleep(5)` is a call given back, not one forgotten.
      value[Symbol.iterator]();
      if (process.unresumed !== undefined) forgotten(process);
    }
    if (--node.budget < 0) {
      process.status = READY;
      return false;
    }
    if (node.giveWay(process)) return true;
    const step = value.next();
    if (!step.done) {
      if (step.value !== undefined) strayYield(process, step.value);
      return false;
    }
    value = step.value;
  }
  // An async function first, for it has forgotten its yield* as well.
  if (value !== undefined && process.body === undefined) {
    checkEnd(process, value);
  }
  if (process.unresumed !== undefined) forgotten(process);
  if (value !== undefined) checkEnd(process, value);
  die(process, process.pendingExit?.reason ?? "normal");
  return false;
}

function reportCrash(process: LocalProcess, thrown: unknown): void {
  if (process.reportCrash) return process.reportCrash(thrown);
  const report = crashReport(process, thrown);
  if (report) process.home.guarded(() => process.home.logger(report));
}
