import { format } from "../core/format.ts";
import { atom, type Codec, tuple } from "./etf/index.ts";

/**
 * An exit reason as Erlang would have it: an Error becomes `{Reason, Stack}`.
 * The stack is left empty, since no line of it means anything over there.
 */
export function exitTerm(reason: unknown): unknown {
  if (reason instanceof Error) return tuple(errorTerm(reason), []);
  if (!Array.isArray(reason)) return reason;
  if (!reason.some((part) => part instanceof Error || Array.isArray(part))) {
    return reason;
  }
  // The copy is of the same class: a Tuple stays one.
  return reason.map((part) => exitTerm(part));
}

/**
 * What an Error is about: its `code`, if it has one, which is Erlang's own
 * word in this runtime, or its name and its text.
 */
export function errorTerm(error: Error): unknown {
  const { code } = error as { readonly code?: unknown };
  if (typeof code === "string" && code !== "") return atom(code);
  return [error.name, error.message];
}

/** The bytes of a reason. A death is always told, if need be in words. */
export function encodeReason(codec: Codec, reason: unknown): Uint8Array {
  try {
    return codec.encodeMessage(exitTerm(reason));
  } catch {
    return codec.encodeMessage(["unencodable", format(reason)]);
  }
}
