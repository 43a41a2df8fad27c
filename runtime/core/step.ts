import type { Suspend } from "./message.ts";

/** What `yield*` is given when the process has to wait. */
export const SUSPENDED = { done: false as const, value: undefined as never };

/**
 * How many steps share an object. V8 writes down each time that an old object
 * is given a young one to hold, which costs as much as to make a new one. So
 * theirs is replaced before it is old.
 */
const STEPS_PER_OBJECT = 1_000;

let finished: { done: true; value: unknown } = { done: true, value: undefined };
let used = 0;

/** A finished step; `yield*` reads it at once, so that the next may reuse it. */
export function done(value: unknown): IteratorResult<Suspend, unknown> {
  if (++used === STEPS_PER_OBJECT) {
    used = 0;
    finished = { done: true, value };
  } else finished.value = value;
  return finished;
}
