// Misconception: to have started all three is enough; nobody asks
// Caught by: the node goes with its till, whatever the till ended with
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
  yield* application.start(self, applications.count, "transient");
}
