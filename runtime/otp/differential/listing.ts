import { Exit } from "../../core/exit.ts";
import type { Step } from "../../core/message.ts";
import { isPid } from "../../core/pid.ts";
import type { Self } from "../../core/self.ts";
import * as supervisor from "../supervisor.ts";
import type { Performance } from "./children.ts";
import { term } from "./erlang-text.ts";
import type { Tree } from "./scenario.ts";

/** Writes down the children and their numbers, of one and of those below. */
export function* show(
  self: Self<never>,
  name: string,
  tree: Tree,
  performance: Performance,
): Step<void> {
  const { lines, names } = performance;
  try {
    const children = yield* supervisor.whichChildren(self, name);
    const counts = yield* supervisor.countChildren(self, name);
    const texts = children.map(([id, child]) => {
      const shown = id ?? names.find((one) => self.whereis(one) === child);
      const isItself = id === undefined || self.whereis(id) === child;
      const state = isPid(child) ? (isItself ? "up" : "other") : child;
      return `${shown ?? "nameless"}=${state}`;
    });
    // OTP gives no order for dynamic children.
    if (tree.strategy === "simple_one_for_one") texts.sort();
    const { specs, active, supervisors, workers } = counts;
    const numbers = term([specs, active, supervisors, workers]);
    lines.push(`${name} [${texts.join(" ")}] ${numbers}`);
  } catch (thrown) {
    if (!(thrown instanceof Exit)) throw thrown;
    lines.push(`${name} gone`);
    return;
  }
  for (const plan of tree.children) {
    if (plan.tree) yield* show(self, plan.id, plan.tree, performance);
  }
}
