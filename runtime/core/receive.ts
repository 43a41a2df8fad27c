import { apply, type Holder } from "./apply.ts";
import type { AnyClauses } from "./clauses.ts";
import { notRunning } from "./forgotten.ts";
import type { Suspend } from "./message.ts";
import type { LocalProcess } from "./process.ts";
import { READY, RUNNING, WAITING } from "./process-state.ts";
import type { LocalRef } from "./ref.ts";
import { select } from "./select.ts";
import { done, SUSPENDED } from "./step.ts";
import { isLimit, noLimit } from "./time-limit.ts";

/** Tries to finish the receive under way; suspends if nothing matches. */
export function attempt(
  process: LocalProcess,
  holder: Holder,
  depth: number,
): IteratorResult<Suspend, unknown> {
  if (--process.home.budget < 0) return suspended(process, READY);
  if (process.clauses !== undefined) return choose(process, holder, depth);
  const { mailbox } = process;
  if (mailbox.head !== mailbox.tail) {
    const message = mailbox.shift();
    took(process, message);
    return done(message);
  }
  return process.timeout === undefined
    ? suspended(process, WAITING)
    : runOut(process, holder, depth);
}

/** Takes the oldest message that a clause matches. */
function choose(
  process: LocalProcess,
  holder: Holder,
  depth: number,
): IteratorResult<Suspend, unknown> {
  const { mailbox, wantedRef } = process;
  const clauses = process.clauses as AnyClauses;
  for (let i = process.scanned; i < mailbox.tail; i++) {
    const message = mailbox.at(i);
    if (wantedRef !== undefined && !carries(message, wantedRef)) continue;
    const clause = chosen(process, clauses, message);
    if (clause === undefined) continue;
    if (i === mailbox.head) mailbox.shift();
    else mailbox.removeAt(i);
    took(process, message);
    return apply(process, holder, depth, clause, message);
  }
  process.scanned = mailbox.tail;
  return runOut(process, holder, depth);
}

/** If a guard throws, the receive is over, or its time limit would go on. */
function chosen(process: LocalProcess, clauses: AnyClauses, message: unknown) {
  try {
    return select(clauses, message);
  } catch (thrown) {
    settle(process);
    throw thrown;
  }
}

/** Nothing matched: runs the `after`, or waits. */
function runOut(
  process: LocalProcess,
  holder: Holder,
  depth: number,
): IteratorResult<Suspend, unknown> {
  const timeout = process.timeout;
  if (timeout !== undefined) {
    if (process.limitOrder < 0 && !isLimit(timeout)) {
      settle(process);
      noLimit(process, timeout);
    }
    if (process.timedOut || timeout.ms === 0) {
      settle(process);
      if (process.home.tracer)
        process.home.trace({ kind: "timeout", pid: process.pid });
      if (timeout.clause === undefined) return done(undefined);
      return apply(process, holder, depth, timeout.clause, "");
    }
    if (process.limitOrder < 0 && timeout.ms !== Number.POSITIVE_INFINITY) {
      process.home.timers.limit(process);
    }
  }
  return suspended(process, WAITING);
}

function suspended(
  process: LocalProcess,
  status: typeof READY | typeof WAITING,
) {
  // Suspended and running on: `const [a, b] = self.receive()` asks twice.
  if (process.status !== RUNNING) notRunning(process, "self.receive");
  process.status = status;
  return SUSPENDED;
}

/** The receive is over, with this message. */
function took(process: LocalProcess, message: unknown): void {
  if (process.home.tracer !== undefined) {
    process.home.trace({ kind: "receive", pid: process.pid, message });
  }
  settle(process);
}

/** The receive is over. */
function settle(process: LocalProcess): void {
  process.clauses = undefined;
  if (process.timeout === undefined) return;
  process.timeout = undefined;
  process.timedOut = false;
  process.home.timers.unlimit(process);
}

function carries(message: unknown, ref: LocalRef): boolean {
  return Array.isArray(message) && message[1] === ref;
}

/** Where in the mailbox a message that contains `ref` can first stand. */
export function positionOf(ref: LocalRef, process: LocalProcess): number {
  const { mailbox } = process;
  if (ref.owner !== process.pid) return mailbox.head;
  const moved = mailbox.epoch - ref.epoch;
  return Math.max(mailbox.head, ref.position - moved);
}
