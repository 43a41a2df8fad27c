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
  // TODO(you): nobody has said what becomes of the node.
  yield* application.start(self, applications.till);
  yield* application.start(self, applications.music);
  return yield* application.start(self, applications.count);
}
