import type { LocalNode } from "../core/node.ts";
import type { Pid } from "../core/pid.ts";
import type { Application, StartType } from "./application.ts";

/** An application that runs on a node. */
export interface RunningApplication {
  readonly application: Application;
  readonly type: StartType;
  readonly master: Pid;
  /** The supervisor that `start` answered with. */
  readonly top: Pid;
}

/** What a node knows of applications: which run, and how they are set up. */
export class ApplicationController {
  readonly running = new Map<string, RunningApplication>();
  /** Those that were ever started: their environment is there from then on. */
  readonly loaded = new Map<string, Application>();
  /** What was set by hand, over the application's own environment. */
  readonly settings = new Map<string, Map<string, unknown>>();
}

const controllers = new WeakMap<LocalNode, ApplicationController>();

/** The controller of a node; made when it is first asked for. */
export function controllerOf(node: LocalNode): ApplicationController {
  const known = controllers.get(node);
  if (known) return known;
  const fresh = new ApplicationController();
  controllers.set(node, fresh);
  return fresh;
}
