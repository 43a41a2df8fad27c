import type { ExitReason } from "../core/exit.ts";
import type { Step } from "../core/message.ts";
import { checkFlags, checkSpecs } from "./check-spec.ts";
import { type Child, childOf } from "./child.ts";
import type { ChildSpec, SupervisorFlags } from "./child-spec.ts";
import type { GenServer, InfoResult } from "./gen-server-callbacks.ts";
import { isExpected } from "./report.ts";
import { shouldRestart } from "./restart.ts";
import { startAll } from "./start-child.ts";
import type { SupervisorProtocol } from "./supervisor-protocol.ts";
import { handleRequest } from "./supervisor-requests.ts";
import { restart } from "./supervisor-restart.ts";
import { Children } from "./supervisor-state.ts";

export type SupervisorArguments = [
  flags: SupervisorFlags,
  specs: readonly ChildSpec[],
  name: string,
];

/** The supervisor itself: a generic server whose state is its children. */
export const supervisorServer: GenServer<
  SupervisorProtocol,
  Children,
  SupervisorArguments
> = {
  name: "supervisor",

  *init(self, flags, specs, name) {
    // A child's end must be a message here, and not the end of all.
    self.trapExit(true);
    const checked = checkFlags(flags);
    if (checked[0] === "error") return ["stop", checked[1]];
    const full = checkSpecs(specs, checked[1].autoShutdown);
    if (full[0] === "error") return ["stop", ["start_spec", full[1]]];
    const isDynamic = checked[1].strategy === "simple_one_for_one";
    if (isDynamic && full[1].length !== 1) {
      return ["stop", ["bad_start_spec", specs]];
    }
    const template = isDynamic ? full[1][0] : undefined;
    const children = new Children(self as never, name, checked[1], template);
    if (template) return ["ok", children];
    for (const spec of full[1]) children.add(childOf(spec));
    const failure = yield* startAll(children, children.list);
    if (!failure) return ["ok", children];
    const { child, reason } = failure;
    yield* children.stopAll(children.list);
    const why = ["failed_to_start_child", child.spec.id, reason];
    return ["stop", ["shutdown", why]];
  },

  handleCall: handleRequest,

  handleCast: {
    try_again(_self, children, wanted) {
      const isWaiting = children.has(wanted) && wanted.isRestarting;
      return isWaiting ? restart(children, wanted) : ["noreply", children];
    },
  },

  handleInfo: {
    EXIT(_self, children, from, reason) {
      const child = children.withPid(from);
      // Somebody else's signal: no child of ours, so none of our business.
      if (!child) return ["noreply", children];
      return childEnded(children, child, reason);
    },
    _: (_self, children, message) => {
      children.unexpected(message);
      return ["noreply", children];
    },
  },

  *terminate(_self, _reason, children) {
    if (children.template) {
      yield* children.stopDynamic();
    } else yield* children.stopAll(children.list);
  },
};

type Result = InfoResult<Children>;

function childEnded(
  children: Children,
  child: Child,
  reason: ExitReason,
): Result | Step<Result> {
  if (child.spec.restart === "permanent" || !isExpected(reason)) {
    children.report("child_terminated", reason, child);
  }
  if (shouldRestart(child.spec.restart, reason)) {
    return restart(children, child);
  }
  child.pid = undefined;
  forgetEnded(children, child);
  return endsWith(children, child)
    ? ["stop", "shutdown", children]
    : ["noreply", children];
}

/** A child that will not come back stays listed only if it may be restarted. */
function forgetEnded(children: Children, child: Child): void {
  if (children.template || child.spec.restart === "temporary")
    children.remove(child);
}

/** Whether the end of a significant child is the end of its supervisor. */
function endsWith({ flags, list }: Children, { spec }: Child): boolean {
  if (!spec.significant) return false;
  if (flags.autoShutdown === "any_significant") return true;
  const isRunning = ({ spec, pid, isRestarting }: Child) =>
    spec.significant && (pid !== undefined || isRestarting);
  return flags.autoShutdown === "all_significant" && !list.some(isRunning);
}
