import type { Pid, Process, Self } from "#runtime";
import { type Print, startRores } from "./rores-app.ts";
import { DEFAULTS } from "./settings.ts";

const NAMES = ["validator", "clients", "listener"] as const;

// #region door
/** Ends each process once, and prints which of them are new afterwards. */
export function* whoIsNew(self: Self<never>, print: Print): Process {
  yield* startRores(self, DEFAULTS, "temporary", print);
  for (const victim of NAMES) {
    const before = NAMES.map((name) => self.whereis(name));
    self.sendExit(self.whereis(victim) as Pid, "kill");
    yield* self.sleep(1);
    const fresh = NAMES.filter((name, i) => self.whereis(name) !== before[i]);
    print(`${victim} dies; new: ${fresh.join(", ")}`);
  }
}
// #endregion
