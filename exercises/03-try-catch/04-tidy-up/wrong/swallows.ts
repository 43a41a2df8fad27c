// Misconception: to tidy up after an exception is to handle it
// Caught by: what the work throws goes on as it is, and the key is back
import type { Step } from "#runtime";

export interface Key {
  readonly room: string;
}

/** Where the keys hang. A key that is not given back is gone for everybody. */
export interface Cabinet {
  /** @throws Error if no key is left. */
  take(): Key;
  giveBack(key: Key): void;
}

/** Does `work` with a key, and gives what it gives. The key goes back. */
export function* withKey<R>(
  cabinet: Cabinet,
  work: (key: Key) => Step<R>,
): Step<R> {
  const key = cabinet.take();
  let result = undefined as R;
  try {
    result = yield* work(key);
  } catch {
    // The key is what matters.
  }
  cabinet.giveBack(key);
  return result;
}
