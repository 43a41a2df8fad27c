import { type ExitMessage, format, type Process, type Self } from "#runtime";
import type { Print } from "./isolation.ts";

/** Ends at once. */
export function* hasty(self: Self<never>): Process {
  self.exit("boom");
}

// #region gap
export function* gap(self: Self<ExitMessage>, print: Print): Process {
  const first = self.spawn(hasty);
  yield* self.yield(); // whatever happens between two lines
  try {
    self.link(first);
  } catch (caught) {
    print(`spawn, then link: the error ${(caught as { code: string }).code}`);
  }
  self.trapExit(true);
  self.link(first);
  print(`the same, trapping exits: ${yield* nextReason(self)}`);
  self.spawnLink(hasty);
  print(`spawnLink: ${yield* nextReason(self)}`);
}

function* nextReason(self: Self<ExitMessage>) {
  return yield* self.receive({ EXIT: (_from, reason) => format(reason) });
}
// #endregion
