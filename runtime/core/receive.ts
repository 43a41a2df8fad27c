import { apply, type Holder } from "./apply.ts";
import { After, type AnyClauses } from "./clauses.ts";
import { RuntimeError } from "./errors.ts";
import { outOfStep } from "./forgotten.ts";
import { format } from "./format.ts";
import type { Suspend } from "./message.ts";
import type { LocalProcess } from "./process.ts";
import { READY, RUNNING, WAITING } from "./process-state.ts";
import type { LocalRef } from "./ref.ts";
import { select } from "./select.ts";
import { done, SUSPENDED } from "./step.ts";

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
    settle(process, message);
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
    settle(process, message);
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
    settle(process, undefined);
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
    if (process.timedOut || timeout.ms === 0) {
      settle(process, undefined);
      if (process.home.tracer)
        process.home.trace({ kind: "timeout", pid: process.pid });
      if (timeout.clause === undefined) return done(undefined);
      return apply(process, holder, depth, timeout.clause, "");
    }
    if (process.limitOrder < 0 && timeout.ms !== Number.POSITIVE_INFINITY) {
      checkLimit(process, timeout.ms);
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
  if (process.status !== RUNNING) outOfStep(process);
  process.status = status;
  return SUSPENDED;
}

/** The receive is over; `message` is what it took, if anything. */
export function settle(process: LocalProcess, message: unknown): void {
  if (process.home.tracer !== undefined && message !== undefined) {
    process.home.trace({ kind: "receive", pid: process.pid, message });
  }
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

/** Refuses a time limit in the place of the clauses. */
export function noClauses(process: LocalProcess): never {
  throw new RuntimeError(
    "no_clauses",
    `self.receive(after(…)) in ${process.pid} (${process.label}) has no ` +
      "clauses and would wait for ever. Clauses come first: self.receive({}, after(…)).",
  );
}

/** Erlang's largest time limit of a receive: 32 bits of milliseconds. */
const LONGEST_LIMIT_MS = 2 ** 32 - 1;

function checkLimit(process: LocalProcess, ms: number): void {
  if (Number.isInteger(ms) && ms >= 0 && ms <= LONGEST_LIMIT_MS) return;
  const given: unknown = process.timeout;
  settle(process, undefined);
  if (!(given instanceof After)) {
    throw new RuntimeError(
      "timeout_value",
      `self.receive in ${process.pid} (${process.label}): ${format(given)} is ` +
        "no time limit. Behind the clauses it is written after(…), in milliseconds.",
    );
  }
  throw new RuntimeError(
    "timeout_value",
    `after(${ms}, …) in ${process.pid} (${process.label}): a time limit is a ` +
      `whole number of milliseconds from 0 to ${LONGEST_LIMIT_MS}, or Infinity.`,
  );
}
