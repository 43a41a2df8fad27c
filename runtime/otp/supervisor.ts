import { badarg } from "../core/errors.ts";
import { format } from "../core/format.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Caller } from "../core/self.ts";
import { announced, suspending } from "../core/suspending.ts";
import { Asking } from "./asking.ts";
import { checkSpecs, type Refusal } from "./check-spec.ts";
import type { ChildSpec, FullSpec, SupervisorFlags } from "./child-spec.ts";
import { startLink as startServer } from "./gen-server.ts";
import type { ReplyOf, RequestOf } from "./protocol.ts";
import type { StartOptions, StartResult } from "./start-result.ts";
import type {
  Began,
  ChildCounts,
  ListedChild,
  Refused,
  Supervisor,
  SupervisorProtocol,
} from "./supervisor-protocol.ts";
import {
  type SupervisorArguments,
  supervisorServer,
} from "./supervisor-server.ts";

type Named = Supervisor | string | readonly [name: string, node: string];

/**
 * Starts a supervisor with its children, each after the one before has
 * finished its `init`, and links it to the starter.
 *
 * @returns `["ok", pid]`; or `["error", reason]`: bad flags are
 * `["supervisor_data", …]`, bad specs `["start_spec", …]`, a child that does
 * not start `["shutdown", ["failed_to_start_child", id, reason]]`, and then
 * the ones before it have been stopped again.
 * @see Erlang's `supervisor:start_link/2,3`
 */
export function startLink(
  caller: Caller,
  flags: SupervisorFlags,
  children: readonly ChildSpec[],
  options: StartOptions = {},
): Step<StartResult<Supervisor>> {
  const name = options.name ?? "supervisor";
  const args: SupervisorArguments = [flags, children, name];
  const step = starting(caller, args, options);
  return suspending(caller, "supervisor.startLink", step);
}

function* starting(
  caller: Caller,
  args: SupervisorArguments,
  options: StartOptions,
): Step<StartResult<Supervisor>> {
  return yield* startServer(caller, supervisorServer, args, options);
}

/**
 * Adds a child and starts it; under `simple_one_for_one`, pass the arguments
 * that its `start` gets behind `self`. Erlang's `supervisor:start_child/2`.
 */
export function startChild(
  caller: Caller,
  supervisor: Named,
  wanted: ChildSpec | readonly unknown[],
): Step<Began> {
  if (typeof wanted === "string") {
    const list = `[${format(wanted)}]`;
    throw badarg(
      `supervisor.startChild: what a start is called with comes as a list: ${list}.`,
    );
  }
  return ask(caller, "startChild", supervisor, ["start_child", wanted]);
}

/** Stops a child; its spec stays, a temporary one's does not. */
export function terminateChild(
  caller: Caller,
  supervisor: Named,
  child: string | Pid,
): Step<"ok" | Refused> {
  return ask(caller, "terminateChild", supervisor, ["terminate_child", child]);
}

/** Starts a child again that has ended or was stopped. */
export function restartChild(
  caller: Caller,
  supervisor: Named,
  id: string,
): Step<Began> {
  return ask(caller, "restartChild", supervisor, ["restart_child", id]);
}

/** Forgets the spec of a child that does not run. */
export function deleteChild(
  caller: Caller,
  supervisor: Named,
  id: string,
): Step<"ok" | Refused> {
  return ask(caller, "deleteChild", supervisor, ["delete_child", id]);
}

/** The children, the youngest first. */
export function whichChildren(
  caller: Caller,
  supervisor: Named,
): Step<readonly ListedChild[]> {
  return ask(caller, "whichChildren", supervisor, "which_children");
}

export function countChildren(
  caller: Caller,
  supervisor: Named,
): Step<ChildCounts> {
  return ask(caller, "countChildren", supervisor, "count_children");
}

/** A child's spec with its defaults filled in. Erlang's `get_childspec/2`. */
export function getChildSpec(
  caller: Caller,
  supervisor: Named,
  child: string | Pid,
): Step<readonly ["ok", FullSpec] | Refused> {
  return ask(caller, "getChildSpec", supervisor, ["get_childspec", child]);
}

/** Whether specs are well formed. Erlang's `check_childspecs/1,2`. */
export function checkChildSpecs(
  specs: readonly ChildSpec[],
  autoShutdown?: "never" | "any_significant" | "all_significant",
): "ok" | readonly ["error", reason: Refusal] {
  const checked = checkSpecs(specs, autoShutdown);
  return checked[0] === "ok" ? "ok" : checked;
}

type Requests = SupervisorProtocol["call"];

function ask<const R extends RequestOf<Requests>>(
  caller: Caller,
  name: string,
  supervisor: Named,
  request: R,
): Step<ReplyOf<Requests, R>> {
  const process = announced(caller, `supervisor.${name}`);
  // It answers only between restarts, which may take their time.
  return new Asking(process, supervisor, request, Infinity) as never;
}
