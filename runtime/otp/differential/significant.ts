import type { Random } from "../../testing/random.ts";
import { anyPlan, ends, strategies } from "./deaths.ts";
import { type Action, plan, type Scenario } from "./scenario.ts";

/** Every way in which the end of significant children ends the supervisor. */
export function* significantEnds(random: Random): Generator<Scenario> {
  for (const strategy of [...strategies, "simple_one_for_one"] as const) {
    for (const autoShutdown of [
      "any_significant",
      "all_significant",
    ] as const) {
      for (const restart of ["transient", "temporary"] as const) {
        for (const [how, reason] of ends) {
          const isDynamic = strategy === "simple_one_for_one";
          const significant = { restart, significant: true };
          const children = isDynamic
            ? [plan("template", significant)]
            : [
                plan("a", significant),
                anyPlan(random, "b"),
                anyPlan(random, "c", significant),
              ];
          const order = random() < 0.5 ? ["a", "b", "c"] : ["c", "b", "a"];
          const die = (id: string): Action => [how, id, reason];
          const start = (id: string): Action => ["start", "top", id];
          yield {
            title: `${strategy} ${autoShutdown} ${restart} ${how} ${reason}`,
            tree: { strategy, intensity: 2, autoShutdown, children },
            actions: [
              ...(isDynamic ? order.map(start) : []),
              ...order.map(die),
            ],
            extra: [],
          };
        }
      }
    }
  }
}
