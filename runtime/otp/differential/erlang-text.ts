import {
  type Action,
  namesOf,
  type Plan,
  type Scenario,
  type Tree,
} from "./scenario.ts";

const tuple = (...fields: readonly unknown[]) => `{${fields.join(",")}}`;
const list = (items: readonly unknown[]) => `[${items.join(",")}]`;

/** A value in Erlang's words: an array is a tuple, a string an atom. */
export function term(value: unknown): string {
  return Array.isArray(value) ? tuple(...value.map(term)) : `${value}`;
}

/** A scenario as a line that differential.erl reads. */
export function inErlang(scenario: Scenario): string {
  const line = tuple(
    treeInErlang(scenario.tree),
    list(scenario.extra.map(planInErlang)),
    list(scenario.actions.map(actionInErlang)),
    list(namesOf(scenario)),
  );
  return `${line}.\n`;
}

/** An action, as both traces show it. */
export function actionInErlang(action: Action): string {
  if (action[0] !== "together") return term(action);
  const [what, supervisor, ids, reason] = action;
  return tuple(what, supervisor, list(ids), term(reason));
}

function treeInErlang(tree: Tree): string {
  const { strategy, intensity, autoShutdown, children } = tree;
  const plans = list(children.map(planInErlang));
  return tuple(strategy, intensity, autoShutdown, plans);
}

function planInErlang(plan: Plan): string {
  return tuple(
    plan.id,
    plan.restart,
    plan.shutdownMs,
    plan.significant,
    plan.tree ? treeInErlang(plan.tree) : plan.manners,
    list(plan.fails),
    list(plan.ignores),
  );
}
