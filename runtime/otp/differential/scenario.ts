import type {
  AutoShutdown,
  Restart,
  Shutdown,
  Strategy,
} from "../child-spec.ts";

/** An exit reason that both sides can write: `boom`, or `{shutdown, x}`. */
export type Reason = string | readonly string[];

/**
 * How a worker takes exit signals: a polite one traps them and ends with the
 * reason, a plain one does not trap, a stubborn one traps and goes on.
 */
export type Manners = "polite" | "plain" | "stubborn";

/** A child as both sides are to start it. It is registered as its id. */
export interface Plan {
  readonly id: string;
  readonly restart: Restart;
  readonly shutdownMs: Shutdown;
  readonly significant: boolean;
  readonly manners: Manners;
  /** Which starts fail, and which answer `ignore`, counted from one. */
  readonly fails: readonly number[];
  readonly ignores: readonly number[];
  /** A worker has none; with one it is a supervisor. */
  readonly tree?: Tree;
}

/** A supervisor and its children; under simple_one_for_one, their template. */
export interface Tree {
  readonly strategy: Strategy;
  readonly intensity: number;
  readonly autoShutdown: AutoShutdown;
  readonly children: readonly Plan[];
}

/** What is done to a tree. `supervisor` is the registered name of one. */
export type Action =
  /** A worker ends by itself. */
  | readonly ["die", id: string, Reason]
  /** A worker gets an exit signal from outside. */
  | readonly ["signal", id: string, Reason]
  /** Workers end before their supervisor has looked at any of the ends. */
  | readonly ["together", supervisor: string, ids: readonly string[], Reason]
  | readonly [
      "start" | "terminate" | "restart" | "delete",
      supervisor: string,
      id: string,
    ];

/** A tree, whose root is registered as "top", and what happens to it. */
export interface Scenario {
  /** Which combination it is; a failure shows it. */
  readonly title: string;
  readonly tree: Tree;
  readonly actions: readonly Action[];
  /** Children that only a "start" brings in. */
  readonly extra: readonly Plan[];
}

/** A plan with what most have: a polite permanent worker that always starts. */
export function plan(id: string, more: Partial<Plan> = {}): Plan {
  return {
    id,
    restart: "permanent",
    shutdownMs: 5_000,
    significant: false,
    manners: "polite",
    fails: [],
    ignores: [],
    ...more,
  };
}

/** All children of a tree, at any depth. */
export function plansOf(tree: Tree): Plan[] {
  return tree.children.flatMap((one) => [
    one,
    ...(one.tree ? plansOf(one.tree) : []),
  ]);
}

/** Every name that a process of the scenario may be registered as. */
export function namesOf({ tree, actions, extra }: Scenario): string[] {
  const plans = [...plansOf(tree), ...extra].map(({ id }) => id);
  const started = actions.flatMap((action) =>
    action[0] === "start" ? [action[2]] : [],
  );
  return [...new Set([...plans, ...started])].sort();
}
