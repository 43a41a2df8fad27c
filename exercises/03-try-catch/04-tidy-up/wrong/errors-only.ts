// Misconception: only an Error can come out of the work
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
  let result: R;
  try {
    result = yield* work(key);
  } catch (caught) {
    if (caught instanceof Error) cabinet.giveBack(key);
    throw caught;
  }
  cabinet.giveBack(key);
  return result;
}
