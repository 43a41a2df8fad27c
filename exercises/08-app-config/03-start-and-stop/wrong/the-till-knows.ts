// Misconception: the last one of the tree may speak for all of it
// Caught by: the shop is closed once, when everything in it has ended
import {
  type Application,
  type ExitMessage,
  type Process,
  type Self,
  supervisor,
} from "#runtime";

export type Tell = (line: string) => void;

/** Rings when it is asked to. */
function* bell(self: Self<"ring">): Process {
  self.register("bell");
  while (true) yield* self.receive({ ring: () => {} });
}

/** Counts its money before it goes. */
function* till(self: Self<ExitMessage>, tell: Tell): Process {
  self.register("till");
  self.trapExit(true);
  yield* self.receive({ EXIT: () => {} });
  tell("counted");
  tell("closed");
}

/** The shop, as one thing that is started and stopped. */
export function shop(tell: Tell): Application {
  return {
    name: "shop",
    start: (self) =>
      supervisor.startLink(self, { intensity: 2 }, [
        { id: "till", start: (it) => ["ok", it.spawnLink(till, tell)] },
        { id: "bell", start: (it) => ["ok", it.spawnLink(bell)] },
      ]),
  };
}
