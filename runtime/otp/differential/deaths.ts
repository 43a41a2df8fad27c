import type { Random } from "../../testing/random.ts";
import type { Restart, Strategy } from "../child-spec.ts";
import {
  type Action,
  type Manners,
  type Plan,
  plan,
  type Reason,
  type Scenario,
  type Tree,
} from "./scenario.ts";

/** The strategies whose children are listed in the beginning. */
export const strategies = [
  "one_for_one",
  "one_for_all",
  "rest_for_one",
] as const satisfies readonly Strategy[];

export const restarts = [
  "permanent",
  "transient",
  "temporary",
] as const satisfies readonly Restart[];

/** How a worker ends: by itself with a reason, or by a signal. */
export const ends: readonly (readonly ["die" | "signal", Reason])[] = [
  ["die", "normal"],
  ["die", "shutdown"],
  ["die", ["shutdown", "x"]],
  ["die", "boom"],
  ["die", "kill"],
  ["signal", "kill"],
];

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

/** A worker with restart, manners and shutdown left to chance. */
export function anyPlan(
  random: Random,
  id: string,
  more: Partial<Plan> = {},
): Plan {
  const manners = pick<Manners>(random, ["polite", "polite", "plain"]);
  const isBrutal = random() < 0.2;
  const isStubborn = random() < 0.1;
  return plan(id, {
    restart: pick(random, restarts),
    manners: isStubborn ? "stubborn" : manners,
    // What does not end when asked is given one millisecond.
    shutdownMs: isBrutal ? "brutal_kill" : isStubborn ? 1 : 5_000,
    ...more,
  });
}

/** Every strategy, restart, end, place and intensity: who is restarted? */
export function* deaths(random: Random): Generator<Scenario> {
  for (const strategy of strategies) {
    for (const restart of restarts) {
      for (const end of ends) {
        for (const victim of ["a", "b", "c"]) {
          for (const intensity of [0, 1, 2]) {
            const children = ["a", "b", "c"].map((id) =>
              anyPlan(random, id, id === victim ? { restart } : {}),
            );
            const tree: Tree = {
              strategy,
              intensity,
              autoShutdown: "never",
              children,
            };
            const again: Action = [end[0], victim, end[1]];
            const other: Action = [
              "die",
              pick(random, ["a", "b", "c"]),
              pick<Reason>(random, ["boom", "normal"]),
            ];
            yield {
              title: `${strategy} ${restart} ${end} ${victim} ${intensity}`,
              tree,
              actions: [again, other, again],
              extra: [],
            };
          }
        }
      }
    }
  }
}

/** The same for children that are started later, all from one template. */
export function* dynamicDeaths(random: Random): Generator<Scenario> {
  for (const restart of restarts) {
    for (const end of ends) {
      for (const victim of ["a", "b", "c"]) {
        for (const intensity of [0, 1, 2]) {
          const again: Action = [end[0], victim, end[1]];
          const start = (id: string): Action => ["start", "top", id];
          yield {
            title: `simple_one_for_one ${restart} ${end} ${victim} ${intensity}`,
            tree: {
              strategy: "simple_one_for_one",
              intensity,
              autoShutdown: "never",
              children: [anyPlan(random, "template", { restart })],
            },
            actions: [
              ...["a", "b", "c"].map(start),
              again,
              ["die", pick(random, ["a", "b", "c"]), "boom"],
              again,
            ],
            extra: [],
          };
        }
      }
    }
  }
}
