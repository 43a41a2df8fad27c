import {
  type Application,
  application,
  type Self,
  type StartType,
  type Step,
} from "#runtime";

export interface Applications {
  readonly till: Application;
  readonly music: Application;
  readonly count: Application;
}

const TYPES: Readonly<Record<keyof Applications, StartType>> = {
  till: "permanent",
  count: "transient",
  music: "temporary",
};

/** Starts everything that belongs to a shop, and gives "ok" or what was wrong. */
export function* open(
  self: Self<never>,
  applications: Applications,
): Step<unknown> {
  for (const name of ["till", "count", "music"] as const) {
    const answer = yield* application.start(
      self,
      applications[name],
      TYPES[name],
    );
    if (answer !== "ok" && name !== "music") return answer;
  }
  return "ok";
}
