import { isGeneratorFunction } from "./apply.ts";
import { type AnyClause, type AnyClauses, Guarded } from "./clauses.ts";
import { badarg } from "./errors.ts";
import { format } from "./format.ts";
import { type Step, tagOf } from "./message.ts";
import { taggedClause } from "./tagged-clause.ts";

/** The clause that takes `message`, or `undefined`: all of them are tried. */
export function select(
  clauses: AnyClauses,
  message: unknown,
): AnyClause | undefined {
  const tag = tagOf(message);
  if (tag !== undefined) {
    const found = taggedClause(clauses, tag);
    if (typeof found === "function") return found as AnyClause;
    if (found !== undefined) {
      const fields = typeof message === "string" ? [] : fieldsOf(message);
      const accepted = firstAccepting(tag, found, fields);
      if (accepted !== undefined) return accepted;
    } else if (tag !== "_" && Object.hasOwn(clauses, tag)) {
      notAClause(tag, found);
    }
  }
  const otherwise = clauses._;
  if (otherwise === undefined && !Object.hasOwn(clauses, "_")) return undefined;
  const clause = firstAccepting("_", otherwise, [message]);
  if (clause === undefined) return undefined;
  if (!isGeneratorFunction(clause)) return () => clause(message);
  return function* otherwise() {
    return yield* clause(message) as Step<unknown>;
  };
}

function firstAccepting(
  tag: string,
  candidates: unknown,
  fields: readonly unknown[],
): AnyClause | undefined {
  for (const one of Array.isArray(candidates) ? candidates : [candidates]) {
    if (typeof one === "function") return one as AnyClause;
    if (!(one instanceof Guarded)) notAClause(tag, one);
    if (one.test(...(fields as never[]))) return one.clause as AnyClause;
  }
  return undefined;
}

/** Mostly a call in the place of a function: `pong: print("pong")`. */
function notAClause(tag: string, found: unknown): never {
  throw badarg(
    `self.receive: the clause ${tag} is ${format(found)} and no function. If ` +
      `it was called already, put () => before the call: ${tag}: () => …`,
  );
}

function fieldsOf(message: unknown): readonly unknown[] {
  return (message as unknown[]).slice(1);
}
