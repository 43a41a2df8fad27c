import type { Step } from "../core/message.ts";
import type { Child, Failure } from "./child.ts";
import type { ChildStart } from "./child-spec.ts";
import { cast } from "./gen-call.ts";
import type { InfoResult } from "./gen-server-callbacks.ts";
import { addRestart, affected } from "./restart.ts";
import { begin, failureOf, isSteps, startAll } from "./start-child.ts";
import type { Supervisor, SupervisorProtocol } from "./supervisor-protocol.ts";
import type { Children } from "./supervisor-state.ts";

type Result = InfoResult<Children>;

/** One restart of a child, and of those that go with it; or the end of all. */
export function restart(
  children: Children,
  child: Child,
): Result | Step<Result> {
  const { flags, nowMs } = children;
  const restarts = addRestart(children.restarts, nowMs, flags.periodMs);
  if (restarts > flags.intensity) {
    children.report("shutdown", "reached_max_restart_intensity", child);
    child.pid = undefined;
    child.isRestarting = false;
    return ["stop", "shutdown", children];
  }
  child.pid = undefined;
  const wanted = affected(flags.strategy, children, child);
  if (wanted.length > 1) return restartAll(children, wanted);
  // Nobody is answered meanwhile, but observe looks without asking.
  child.isRestarting = true;
  const started = begin(children, child);
  return isSteps(started)
    ? restartSlowly(children, child, started)
    : restarted(children, [child], failureOf(children, child, started));
}

function* restartSlowly(
  children: Children,
  child: Child,
  steps: Step<ChildStart>,
): Step<Result> {
  const started = yield* steps;
  return restarted(children, [child], failureOf(children, child, started));
}

function* restartAll(
  children: Children,
  wanted: readonly Child[],
): Step<Result> {
  yield* children.stopAll(wanted);
  const left = wanted.filter((one) => children.has(one));
  for (const one of left) one.isRestarting = true;
  return restarted(children, left, yield* startAll(children, left));
}

function restarted(
  children: Children,
  wanted: readonly Child[],
  failure: Failure | undefined,
): Result {
  if (failure) {
    for (const one of wanted) one.isRestarting = one === failure.child;
    // Through the mailbox, so that whoever asks meanwhile is answered.
    cast<SupervisorProtocol>(children.self, children.self.pid as Supervisor, [
      "try_again",
      failure.child,
    ]);
  }
  return ["noreply", children];
}
