import {
  application,
  genServer,
  type Process,
  type Self,
  type StartType,
} from "#runtime";
import { inWords } from "./in-words.ts";
import type { Listening } from "./listener.ts";
import { type Print, startRores } from "./rores-app.ts";
import { type Checked, nodeNames, type Settings } from "./settings.ts";

export type ToOperator = "stop" | "restart";

/** What the operator works with, and whom it tells. */
export interface Desk {
  /** Reads the settings, each time anew. */
  load(): Checked<Settings>;
  readonly print: Print;
  /** One sentence why nothing runs; without one, all went as it should. */
  ended(why?: string): void;
}

// #region operator
/** Starts the application, and stops or restarts it when told to. */
export function* operator(
  self: Self<ToOperator>,
  desk: Desk,
  type: StartType,
): Process {
  const loaded = desk.load();
  if (loaded[0] === "error") return desk.ended(loaded[1]);
  return starting(self, desk, type, loaded[1]);
}

function* starting(
  self: Self<ToOperator>,
  desk: Desk,
  type: StartType,
  settings: Settings,
): Process {
  const started = yield* startRores(self, settings, type, desk.print);
  if (started !== "ok") return desk.ended(inWords(started[1], settings));
  const port = yield* genServer.call<Listening, "port">(
    self,
    "listener",
    "port",
  );
  desk.print(`${nodeNames(settings).server} listens on port ${port}`);
  desk.print(`Talk to it: npm run chapter 01 -- client ${port}`);
  return serving(self, desk, type);
}
// #endregion

// #region serving
function* serving(
  self: Self<ToOperator>,
  desk: Desk,
  type: StartType,
): Process {
  return yield* self.receive<Process | void>({
    *stop() {
      yield* application.stop(self, "rores");
      desk.ended();
    },
    *restart() {
      // First read, then stop: a slip in the file must not end the service.
      const loaded = desk.load();
      if (loaded[0] === "error") {
        desk.print(`Not restarted. ${loaded[1]}`);
        return serving(self, desk, type);
      }
      yield* application.stop(self, "rores");
      return starting(self, desk, type, loaded[1]);
    },
  });
}
// #endregion
