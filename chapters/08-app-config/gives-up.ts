import { application, type Pid, type Process, type Self } from "#runtime";
import { type Print, startRores } from "./rores-app.ts";
import { DEFAULTS } from "./settings.ts";

// #region wear
/** Ends the validator until nobody starts it again, at most ten times. */
export function* wearOut(self: Self<never>, print: Print): Process {
  for (let deaths = 1; deaths <= 10; deaths++) {
    const validator = self.whereis("validator");
    if (validator === undefined) return;
    self.sendExit(validator as Pid, "boom");
    yield* self.sleep(1);
    const again = self.whereis("validator");
    print(`death ${deaths}: ${again ? "started again" : "nobody is there"}`);
  }
}
// #endregion

// #region patience
/** A temporary application goes and leaves the node as it is. */
export function* patience(self: Self<never>, print: Print): Process {
  yield* startRores(self, DEFAULTS, "temporary", print);
  yield* wearOut(self, print);
  const left = application.whichApplications(self);
  print(`applications that run: ${left.length}; the node lives`);
}
// #endregion

/** A permanent one takes the node with it: the last line is never printed. */
export function* ruin(self: Self<never>, print: Print): Process {
  yield* startRores(self, DEFAULTS, "permanent", print);
  yield* wearOut(self, print);
  print("the node lives");
}
