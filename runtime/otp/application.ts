import { matching } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { DownMessage, Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Caller, Self } from "../core/self.ts";
import { processOf, suspending } from "../core/suspending.ts";
import {
  type ApplicationController,
  controllerOf,
} from "./application-controller.ts";
import { type Mastered, master, STOP } from "./application-master.ts";
import { start as startProcess } from "./proc-lib.ts";
import type { StartResult } from "./start-result.ts";

const START_TYPES = ["permanent", "transient", "temporary"] as const;

/** What becomes of the node when the application ends. */
export type StartType = (typeof START_TYPES)[number];

/**
 * A program that can be started and stopped as a whole: Erlang's application
 * behaviour and its `.app` file in one.
 */
export interface Application {
  readonly name: string;
  /** Applications that must run before this one. */
  readonly applications?: readonly string[];
  /** What {@link getEnv} finds, unless it was set otherwise. */
  readonly env?: Readonly<Record<string, unknown>>;
  /** Starts the top supervisor, linked to `self`, and answers with it. */
  start(
    self: Self<never>,
    type: "normal",
  ): StartResult<Pid> | Step<StartResult<Pid>>;
  /**
   * Called before the tree is stopped; of a tree that went by itself, nothing
   * is left by then. Erlang's `Module:prep_stop/1`, without a state.
   */
  prepStop?(self: Self<never>): void | Step<void>;
  /** Called when the tree is gone, however it went. */
  stop?(self: Self<never>): void | Step<void>;
}

type Answer = "ok" | readonly ["error", reason: ExitReason];

/**
 * Starts an application and waits until its tree stands.
 *
 * @returns "ok", or `["error", reason]`: `["already_started", name]`,
 * `["not_started", name]` for one that it depends on, or what its `start` said.
 * A permanent one that does not start takes the node with it.
 * @see Erlang's `application:start/2`
 */
export function start(
  caller: Caller,
  application: Application,
  type: StartType = "temporary",
): Step<Answer> {
  const step = started(caller, application, type);
  return suspending(caller, "application.start", step);
}

function* started(
  caller: Caller,
  application: Application,
  type: StartType,
): Step<Answer> {
  const { name } = application;
  const { running, loaded } = controller(caller);
  if (!START_TYPES.includes(type)) {
    return ["error", ["invalid_restart_type", type]];
  }
  if (running.has(name)) return ["error", ["already_started", name]];
  const absent = application.applications?.find((it) => !running.has(it));
  if (absent !== undefined) return ["error", ["not_started", absent]];
  // Before the tree starts, for its processes ask for their settings in init.
  loaded.set(name, application);
  const begun = yield* startProcess<Mastered>(
    caller,
    `${name} (application master)`,
    (self, acknowledge) => master(self, application, type, acknowledge),
    { link: false },
  );
  return begun[0] === "error" ? begun : "ok";
}

/**
 * Stops an application: its tree from the top, then its `stop`.
 *
 * @returns "ok", or `["error", ["not_started", name]]`.
 * @see Erlang's `application:stop/1`
 */
export function stop(caller: Caller, name: string): Step<Answer> {
  return suspending(caller, "application.stop", stopped(caller, name));
}

function* stopped(caller: Caller, name: string): Step<Answer> {
  const self = caller as Self<DownMessage>;
  const found = controller(caller).running.get(name);
  if (!found) return ["error", ["not_started", name]];
  const ref = self.monitor(found.master);
  self.send(found.master as Pid as Pid<unknown>, STOP);
  yield* self.receive(matching<DownMessage, void>(ref, { DOWN: () => {} }));
  return "ok";
}

/** The applications that run, oldest first. */
export function whichApplications(caller: Caller): string[] {
  return [...controller(caller).running.keys()];
}

/** A setting of an application, from its start on. Erlang's `application:get_env/2,3`. */
export function getEnv(
  caller: Caller,
  name: string,
  key: string,
  otherwise?: unknown,
): unknown {
  const { loaded, settings } = controller(caller);
  const set = settings.get(name);
  if (set?.has(key)) return set.get(key);
  const env = loaded.get(name)?.env;
  return env && Object.hasOwn(env, key) ? env[key] : otherwise;
}

/** Sets it; it stays set when the application is started again. */
export function setEnv(
  caller: Caller,
  name: string,
  key: string,
  value: unknown,
): void {
  const { settings } = controller(caller);
  const known = settings.get(name) ?? new Map<string, unknown>();
  settings.set(name, known.set(key, value));
}

function controller(caller: Caller): ApplicationController {
  return controllerOf(processOf(caller, "application").home);
}
