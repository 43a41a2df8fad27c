import { isGenerator } from "../core/apply.ts";
import type { AnyClauses } from "../core/clauses.ts";
import { forgotten } from "../core/forgotten.ts";
import { tagOf } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Self } from "../core/self.ts";
import { taggedClause } from "../core/tagged-clause.ts";
import type { From } from "./protocol.ts";

/** Takes each message as it is. */
export const whatever = { _: (message: unknown) => message } as never;

/** A callback, once its types have done their work. */
export type Clause = (...args: unknown[]) => unknown;

/** The clause that a table has for the tag of a request or a message. */
export function clauseFor(
  table: object | undefined,
  request: unknown,
): Clause | undefined {
  const tag = tagOf(request);
  if (tag === undefined || tag === "_" || table === undefined) return undefined;
  const found = taggedClause(table as AnyClauses, tag);
  return typeof found === "function" ? (found as Clause) : undefined;
}

/**
 * Calls a clause with the fields of its request, and with whom to reply to if
 * it is a call. One that it made and left lying is a mistake.
 */
export function invoke(
  clause: Clause,
  self: Self<never>,
  state: unknown,
  request: unknown,
  from: From | undefined,
): unknown {
  const fields = Array.isArray(request) ? request : NO_FIELDS;
  const result = from
    ? askedWith(clause, self, state, fields, from)
    : calledWith(clause, self, state, fields);
  const process = self as unknown as LocalProcess;
  // One that it gives back, `() => genServer.call(…)`, will be made.
  if (process.unresumed !== undefined && !isGenerator(result)) {
    forgotten(process);
  }
  return result;
}

/** A request that is a bare tag. */
const NO_FIELDS: readonly unknown[] = [""];

// Without a spread, as in core/apply.ts: most requests have few fields.

function askedWith(
  clause: Clause,
  self: Self<never>,
  state: unknown,
  request: readonly unknown[],
  from: From,
): unknown {
  switch (request.length) {
    case 1:
      return clause(self, state, from);
    case 2:
      return clause(self, state, request[1], from);
    case 3:
      return clause(self, state, request[1], request[2], from);
    default:
      return clause(self, state, ...request.slice(1), from);
  }
}

function calledWith(
  clause: Clause,
  self: Self<never>,
  state: unknown,
  request: readonly unknown[],
): unknown {
  switch (request.length) {
    case 1:
      return clause(self, state);
    case 2:
      return clause(self, state, request[1]);
    case 3:
      return clause(self, state, request[1], request[2]);
    default:
      return clause(self, state, ...request.slice(1));
  }
}
