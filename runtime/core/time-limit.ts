import { After } from "./clauses.ts";
import { RuntimeError } from "./errors.ts";
import { format } from "./format.ts";
import type { LocalProcess } from "./process.ts";

/** Erlang's largest time limit of a receive: 32 bits of milliseconds. */
const LONGEST_LIMIT_MS = 2 ** 32 - 1;

/** Whether a receive can wait so long. */
export function isLimit(given: unknown): boolean {
  if (!(given instanceof After)) return false;
  const { ms } = given;
  if (ms === Number.POSITIVE_INFINITY) return true;
  return Number.isInteger(ms) && ms >= 0 && ms <= LONGEST_LIMIT_MS;
}

/** Refuses what cannot be a time limit, as Erlang does when it begins to wait. */
export function noLimit(process: LocalProcess, given: unknown): never {
  const who = `${process.pid} (${process.label})`;
  throw new RuntimeError(
    "timeout_value",
    given instanceof After
      ? `after(${given.ms}, …) in ${who}: a time limit is a whole number of ` +
          `milliseconds from 0 to ${LONGEST_LIMIT_MS}, or Infinity.`
      : `self.receive in ${who}: ${format(given)} is no time limit. Behind the ` +
          "clauses it is written after(…), in milliseconds.",
  );
}

/** Refuses a time limit in the place of the clauses. */
export function noClauses(process: LocalProcess): never {
  throw new RuntimeError(
    "no_clauses",
    `self.receive(after(…)) in ${process.pid} (${process.label}) has no ` +
      "clauses and would wait for ever. Clauses come first: self.receive({}, after(…)).",
  );
}
