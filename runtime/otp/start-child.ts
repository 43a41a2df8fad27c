import { isGenerator } from "../core/apply.ts";
import { reasonOf } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import { isPid } from "../core/pid.ts";
import type { Child, Failure } from "./child.ts";
import type { ChildStart } from "./child-spec.ts";
import type { Children } from "./supervisor-state.ts";

/** How a start went, or the steps to that. */
type Starting = ChildStart | Step<ChildStart>;

/**
 * Calls a child's `start`; whatever is no start is an error. Without a
 * generator where it has no steps, for what crashes and crashes should cost
 * as little as it can.
 */
export function begin(children: Children, child: Child): Starting {
  child.pid = undefined;
  let result: unknown;
  try {
    result = child.spec.start(children.self, ...child.extra);
  } catch (thrown) {
    return noted(children, child, failed(thrown));
  }
  return isGenerator(result)
    ? beginSlowly(children, child, result as Step<unknown>)
    : noted(children, child, checked(result));
}

function* beginSlowly(
  children: Children,
  child: Child,
  steps: Step<unknown>,
): Step<ChildStart> {
  let result: ChildStart;
  try {
    result = checked(yield* steps);
  } catch (thrown) {
    result = failed(thrown);
  }
  return noted(children, child, result);
}

function noted(children: Children, child: Child, result: ChildStart) {
  child.isRestarting = false;
  if (result[0] === "ok") children.runs(child, result[1]);
  return result;
}

/** Starts one child and waits until it has started. */
export function* start(children: Children, child: Child): Step<ChildStart> {
  const started = begin(children, child);
  return isSteps(started) ? yield* started : started;
}

/** Starts children in their order, up to the first that fails. */
export function* startAll(
  children: Children,
  wanted: readonly Child[],
): Step<Failure | undefined> {
  for (const child of wanted) {
    const failure = failureOf(children, child, yield* start(children, child));
    if (failure) return failure;
  }
  return undefined;
}

/** Whether a start has failed, which is reported; forgets who is ignored. */
export function failureOf(
  children: Children,
  child: Child,
  result: ChildStart,
): Failure | undefined {
  if (result === "ignore" || result[0] === "ok") {
    const isKept = child.spec.restart !== "temporary" && !children.template;
    if (result === "ignore" && !isKept) children.remove(child);
    return undefined;
  }
  children.report("start_error", result[1], child);
  return { child, reason: result[1] };
}

/** Whether a start has more steps to make before it has a result. */
export function isSteps(started: Starting): started is Step<ChildStart> {
  return isGenerator(started);
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
