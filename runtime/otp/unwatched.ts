import type { Step } from "../core/message.ts";
import type { Ref } from "../core/ref.ts";
import type { Caller, Self } from "../core/self.ts";

/** What came of a start, without the monitor that watched over it. */
export function* unwatched<R>(
  caller: Caller,
  step: Step<readonly [result: R, ref?: Ref]>,
): Step<R> {
  const [result, ref] = yield* step;
  if (ref) (caller as Self<never>).demonitor(ref, { flush: true });
  return result;
}
