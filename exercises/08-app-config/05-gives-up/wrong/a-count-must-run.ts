// Misconception: what matters must never end
// Caught by: a count that is finished leaves the node alone
import { type Application, application, type Self, type Step } from "#runtime";

export interface Applications {
  readonly till: Application;
  readonly music: Application;
  readonly count: Application;
}

/** Starts everything that belongs to a shop, and gives "ok" or what was wrong. */
export function* open(
  self: Self<never>,
  applications: Applications,
): Step<unknown> {
  const till = yield* application.start(self, applications.till, "permanent");
  if (till !== "ok") return till;
  yield* application.start(self, applications.music, "temporary");
  return yield* application.start(self, applications.count, "permanent");
}
