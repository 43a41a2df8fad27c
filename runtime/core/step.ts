import type { Suspend } from "./message.ts";

/** What `yield*` is given when the process has to wait. */
export const SUSPENDED = { done: false as const, value: undefined as never };
const DONE: { done: true; value: unknown } = { done: true, value: undefined };

/** A finished step. One object serves all: `yield*` reads it at once. */
export function done(value: unknown): IteratorResult<Suspend, unknown> {
  DONE.value = value;
  return DONE;
}
