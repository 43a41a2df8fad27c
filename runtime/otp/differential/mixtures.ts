import type { Random } from "../../testing/random.ts";
import type { AutoShutdown } from "../child-spec.ts";
import { anyPlan, ends, pick, strategies } from "./deaths.ts";
import type { Action, Plan, Scenario } from "./scenario.ts";

const some = (random: Random, chance: number) =>
  [1, 2, 3, 4, 5].filter(() => random() < chance);

/** Starts that fail or are ignored, mostly not the first. */
export function unsteadyPlan(random: Random, id: string): Plan {
  return anyPlan(random, id, {
    fails: some(random, 0.25).filter((at) => at > 1 || random() < 0.1),
    ignores: some(random, 0.1),
  });
}

const ids = ["a", "b", "c", "d"];

const anyEnd = (random: Random, id: string): Action => {
  const [how, reason] = pick(random, ends);
  return [how, id, reason];
};

const autoOf = (random: Random): AutoShutdown =>
  pick(random, ["never", "never", "any_significant", "all_significant"]);

/** Makes some of them significant, where the supervisor lets them be. */
function withSignificant(
  random: Random,
  autoShutdown: AutoShutdown,
  one: Plan,
): Plan {
  const mayBe = autoShutdown !== "never" && one.restart !== "permanent";
  return { ...one, significant: mayBe && random() < 0.5 };
}

/** Children whose restarts fail, several times in a row. */
export function failingRestart(random: Random): Scenario {
  const autoShutdown = autoOf(random);
  return {
    title: "failing restarts",
    tree: {
      strategy: pick(random, strategies),
      intensity: pick(random, [0, 1, 2, 4, 10]),
      autoShutdown,
      children: ids.map((id) =>
        withSignificant(random, autoShutdown, unsteadyPlan(random, id)),
      ),
    },
    actions: Array.from({ length: 5 }, () => anyEnd(random, pick(random, ids))),
    extra: [],
  };
}

/** Children are stopped, started and forgotten between deaths. */
export function calls(random: Random): Scenario {
  const isDynamic = random() < 0.25;
  const everyId = [...ids, "e", "f"];
  const action = (): Action => {
    const id = pick(random, everyId);
    if (random() < 0.35) return anyEnd(random, id);
    const what = ["start", "terminate", "restart", "delete"] as const;
    return [pick(random, what), "top", id];
  };
  return {
    title: "calls between deaths",
    tree: {
      strategy: isDynamic ? "simple_one_for_one" : pick(random, strategies),
      intensity: pick(random, [1, 2, 4, 10]),
      autoShutdown: "never",
      children: isDynamic
        ? [{ ...unsteadyPlan(random, "template") }]
        : ids.map((id) => unsteadyPlan(random, id)),
    },
    actions: Array.from({ length: 9 }, action),
    extra: ["e", "f"].map((id) => unsteadyPlan(random, id)),
  };
}

/** Several end before their supervisor has seen the first of them. */
export function deathsTogether(random: Random): Scenario {
  const autoShutdown = autoOf(random);
  const action = (): Action => {
    const chosen = ids.filter(() => random() < 0.6);
    const [, reason] = pick(random, ends);
    return [
      "together",
      "top",
      random() < 0.5 ? chosen : chosen.reverse(),
      reason,
    ];
  };
  return {
    title: "deaths together",
    tree: {
      strategy: pick(random, strategies),
      intensity: pick(random, [1, 2, 3, 5]),
      autoShutdown,
      children: ids.map((id) =>
        withSignificant(random, autoShutdown, anyPlan(random, id)),
      ),
    },
    actions: [action(), action()],
    extra: [],
  };
}

/** A supervisor that gives up is a child that has ended, for the one above. */
export function nested(random: Random): Scenario {
  const below = (id: string, inside: readonly string[]): Plan => {
    const autoShutdown = autoOf(random);
    const children = inside.map((one) =>
      withSignificant(random, autoShutdown, unsteadyPlan(random, one)),
    );
    const tree = {
      strategy: pick(random, strategies),
      intensity: pick(random, [0, 1, 2]),
      autoShutdown,
      children,
    };
    return anyPlan(random, id, { tree });
  };
  return {
    title: "a tree",
    tree: {
      strategy: pick(random, strategies),
      intensity: pick(random, [0, 1, 2, 4]),
      autoShutdown: "never",
      children: [
        anyPlan(random, "a"),
        below("left", ["b", "c"]),
        below("right", ["d", "e"]),
      ],
    },
    actions: Array.from({ length: 6 }, (): Action => {
      const what = ["terminate", "restart"] as const;
      if (random() < 0.15) {
        return [pick(random, what), "top", pick(random, ["left", "right"])];
      }
      return anyEnd(random, pick(random, ["a", "b", "c", "d", "e"]));
    }),
    extra: [],
  };
}
