import { isGenerator } from "../core/apply.ts";
import { forgotten } from "../core/forgotten.ts";
import { tagOf } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Self } from "../core/self.ts";
import type { GenServer } from "./gen-server-callbacks.ts";
import type { From, Protocol } from "./protocol.ts";

/** A callback, once its types have done their work. */
export type Clause = (...args: unknown[]) => unknown;
type Table = Readonly<Record<string, Clause | undefined>> | undefined;

/** Which clause of a server's callbacks takes a message, and with what. */
export interface Selected {
  /** Undefined if none does. */
  readonly clause: Clause | undefined;
  readonly args: readonly unknown[];
  /** Who waits for a reply, if it is a call. */
  readonly from: From | undefined;
  /** The table that was looked into; undefined if the server has none. */
  readonly table: "handleCall" | "handleCast" | "handleInfo" | undefined;
}

/** Chooses among the tables by the kind of message, then by its tag. */
export function selectClause(
  callbacks: GenServer<Protocol, unknown, never[]>,
  message: unknown,
): Selected {
  const kind = tagOf(message);
  if (kind === "$gen_call") {
    const [, from, request] = message as [string, From, unknown];
    const clause = clauseOf(callbacks.handleCall as Table, request);
    const args = fieldsOf(request);
    args.push(from);
    return { clause, args, from, table: "handleCall" };
  }
  if (kind === "$gen_cast") {
    const [, request] = message as [string, unknown];
    const clause = clauseOf(callbacks.handleCast as Table, request);
    const args = fieldsOf(request);
    return { clause, args, from: undefined, table: "handleCast" };
  }
  const infos = callbacks.handleInfo as Table;
  const table = infos && "handleInfo";
  const clause = clauseOf(infos, message);
  if (clause) {
    return { clause, args: fieldsOf(message), from: undefined, table };
  }
  return { clause: infos?._, args: [message], from: undefined, table };
}

function clauseOf(table: Table, message: unknown): Clause | undefined {
  const tag = tagOf(message);
  if (tag === undefined || tag === "_" || table === undefined) return undefined;
  // Tags such as "toString" must not find what every object inherits.
  return Object.hasOwn(table, tag) ? table[tag] : undefined;
}

function fieldsOf(message: unknown): unknown[] {
  return Array.isArray(message) ? message.slice(1) : [];
}

/** Calls a clause; a call that it made and left lying is a mistake. */
export function invoke(
  clause: Clause,
  self: Self<never>,
  state: unknown,
  args: readonly unknown[],
): unknown {
  const result = clause(self, state, ...args);
  const process = self as unknown as LocalProcess;
  // One that it gives back, `() => genServer.call(…)`, will be made.
  if (process.unresumed !== undefined && !isGenerator(result)) {
    forgotten(process);
  }
  return result;
}
