/**
 * Whether an error says that JavaScript's stack is full. The limit of depth
 * is far below it, unless it was raised or the caller was deep down already.
 */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/.test(error.message);
}
