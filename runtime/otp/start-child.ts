import { isGenerator } from "../core/apply.ts";
import { reasonOf } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import { isPid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import type { ChildStart, FullSpec } from "./child-spec.ts";

/**
 * Calls a child's `start`; whatever is no start is an error. Steps only where
 * `start` has some, for a child that crashes and crashes costs these each time.
 */
export function startResult(
  spec: FullSpec,
  supervisor: Self<never>,
  extra: readonly unknown[],
): ChildStart | Step<ChildStart> {
  let result: unknown;
  try {
    result = spec.start(supervisor, ...extra);
  } catch (thrown) {
    return failed(thrown);
  }
  return isGenerator(result)
    ? afterAll(result as Step<unknown>)
    : checked(result);
}

/** Whether a start has more steps to make before it has a result. */
export function isSteps(
  started: ChildStart | Step<ChildStart>,
): started is Step<ChildStart> {
  return isGenerator(started);
}

function* afterAll(steps: Step<unknown>): Step<ChildStart> {
  try {
    return checked(yield* steps);
  } catch (thrown) {
    return failed(thrown);
  }
}

function failed(thrown: unknown): ChildStart {
  return ["error", ["EXIT", reasonOf(thrown)]];
}

function checked(result: unknown): ChildStart {
  if (result === "ignore") return "ignore";
  if (Array.isArray(result)) {
    const { length, 0: word, 1: value } = result;
    const isOk = word === "ok" && (length === 2 || length === 3);
    if (isOk && isPid(value)) return result as unknown as ChildStart;
    if (word === "error" && length === 2) return ["error", value];
  }
  return ["error", result];
}
