import { type Random, seeded } from "../../testing/random.ts";
import { deaths, dynamicDeaths } from "./deaths.ts";
import { calls, deathsTogether, failingRestart, nested } from "./mixtures.ts";
import type { Scenario } from "./scenario.ts";
import { significantEnds } from "./significant.ts";

/** Scenarios of one kind, and what they are about. */
export interface Family {
  readonly about: string;
  readonly scenarios: readonly Scenario[];
}

/** The same seed gives the same scenarios. */
export function families(seed: number): readonly Family[] {
  const random = seeded(seed);
  const many = (count: number, one: (random: Random) => Scenario) =>
    Array.from({ length: count }, () => one(random));
  return [
    {
      about: "every strategy, restart type, reason, place and intensity",
      scenarios: [...deaths(random)],
    },
    {
      about: "the same for children started later from one template",
      scenarios: [...dynamicDeaths(random)],
    },
    {
      about: "significant children and automatic shutdown",
      scenarios: [...significantEnds(random)],
    },
    { about: "restarts that fail", scenarios: many(100, failingRestart) },
    { about: "calls between deaths", scenarios: many(120, calls) },
    {
      about: "several deaths before the supervisor looks",
      scenarios: many(80, deathsTogether),
    },
    { about: "supervisors below a supervisor", scenarios: many(80, nested) },
  ];
}
