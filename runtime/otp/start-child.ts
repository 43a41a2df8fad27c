import { isGenerator } from "../core/apply.ts";
import { reasonOf } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import { isPid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import type { ChildStart, FullSpec } from "./child-spec.ts";

/** Calls a child's `start`; whatever is no start is an error. */
export function* startResult(
  spec: FullSpec,
  supervisor: Self<never>,
  extra: readonly unknown[],
): Step<ChildStart> {
  let result: unknown;
  try {
    result = spec.start(supervisor, ...extra);
    if (isGenerator(result)) result = yield* result as Step<unknown>;
  } catch (thrown) {
    return ["error", ["EXIT", reasonOf(thrown)]];
  }
  if (result === "ignore") return "ignore";
  const [word, value, ...more] = Array.isArray(result) ? result : [];
  if (word === "ok" && isPid(value) && more.length < 2) {
    return result as ChildStart;
  }
  const isError = word === "error" && (result as unknown[]).length === 2;
  return ["error", isError ? value : result];
}
