import { call } from "./apply.ts";
import type { AnyClause } from "./clauses.ts";
import { outOfStep } from "./forgotten.ts";
import { type Suspend, tagOf } from "./message.ts";
import { type LocalProcess, RUNNING, WAITING } from "./process.ts";
import { attempt } from "./receive.ts";
import { done, SUSPENDED } from "./step.ts";
import { taggedClause } from "./tagged-clause.ts";

/**
 * What nearly every receive comes to, in few steps: nobody has sent anything
 * yet, or the oldest message finds a plain function under its tag. All else is
 * left as it is for {@link attempt}, which would do the same.
 */
export function atOnce(
  process: LocalProcess,
): IteratorResult<Suspend, unknown> {
  const { clauses, home, mailbox } = process;
  if (
    process.timeout !== undefined ||
    home.tracer !== undefined ||
    home.budget <= 0
  ) {
    return attempt(process, process, 0);
  }
  if (mailbox.head === mailbox.tail) {
    if (process.status !== RUNNING) outOfStep(process);
    home.budget--;
    process.scanned = mailbox.tail;
    process.status = WAITING;
    return SUSPENDED;
  }
  if (clauses === undefined) {
    home.budget--;
    return done(mailbox.shift());
  }
  if (process.wantedRef === undefined) {
    const message = mailbox.oldest;
    const tag = tagOf(message);
    const clause = tag && taggedClause(clauses, tag);
    // A generator function has a prototype; an arrow or a method has none.
    if (
      typeof clause === "function" &&
      (clause as AnyClause).prototype === undefined
    ) {
      home.budget--;
      mailbox.shift();
      process.clauses = undefined;
      // Not `done`: an old object that holds a young one costs more.
      return { done: true, value: call(clause as AnyClause, message) };
    }
  }
  return attempt(process, process, 0);
}
