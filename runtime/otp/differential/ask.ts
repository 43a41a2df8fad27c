import type { Step } from "../../core/message.ts";
import { isPid } from "../../core/pid.ts";
import type { Self } from "../../core/self.ts";
import * as supervisor from "../supervisor.ts";
import { type Performance, specOf } from "./children.ts";
import type { Action, Plan, Scenario, Tree } from "./scenario.ts";

/** What a supervisor is asked between deaths. */
export function ask(
  self: Self<never>,
  [what, name, id]: Extract<Action, readonly [string, string, string]>,
  { tree, extra }: Scenario,
  performance: Performance,
): Step<unknown> {
  const { strategy, children } = treeNamed(name, "top", tree) ?? tree;
  const isDynamic = strategy === "simple_one_for_one";
  switch (what) {
    case "start": {
      if (isDynamic) return supervisor.startChild(self, name, [id]);
      const plan = [...children, ...extra].find((one) => one.id === id) as Plan;
      const spec = specOf(strategy, plan, performance);
      return supervisor.startChild(self, name, spec);
    }
    case "terminate": {
      const child = isDynamic ? (self.whereis(id) ?? self.pid) : id;
      return supervisor.terminateChild(self, name, child);
    }
    case "restart":
      return supervisor.restartChild(self, name, id);
    case "delete":
      return supervisor.deleteChild(self, name, id);
    default:
      throw new Error(`There is no action "${what}".`);
  }
}

function treeNamed(wanted: string, name: string, tree: Tree): Tree | undefined {
  if (name === wanted) return tree;
  for (const { id, tree: below } of tree.children) {
    const found = below && treeNamed(wanted, id, below);
    if (found) return found;
  }
  return undefined;
}

/** In Erlang's words; pids differ, so they are only said to be pids. */
export function plain(value: unknown): string {
  if (isPid(value)) return "pid";
  return Array.isArray(value) ? `{${value.map(plain).join(",")}}` : `${value}`;
}
