/** The promises that the prompt waits for by itself, without an `await`. */
const answers = new WeakSet<object>();

/** Marks a promise of the shell's own as one to wait for. */
export function answer<T>(promise: Promise<T>): Promise<T> {
  // The prompt looks at it as well; a lonely one must not end the program.
  promise.catch(() => {});
  answers.add(promise);
  return promise;
}

/** Whether the prompt waits for this value before it goes on. */
export function isAnswer(value: unknown): value is Promise<unknown> {
  return typeof value === "object" && value !== null && answers.has(value);
}
