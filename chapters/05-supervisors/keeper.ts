import {
  type ExitMessage,
  type ExitReason,
  type Pid,
  type Process,
  type Self,
  when,
} from "#runtime";
import { type Print, words } from "./worker.ts";

type ToBaker = [tag: "die", reason: ExitReason];

function* baker(self: Self<ToBaker>): Process {
  self.register("baker");
  yield* self.receive({ die: (reason) => self.exit(reason) });
}

// #region keeper
/** Starts one process, watches it, and starts it again when it has ended. */
function* keeper(self: Self<ExitMessage>, print: Print): Process {
  self.trapExit(true);
  const child = self.spawnLink(baker);
  yield* self.receive({
    EXIT: when(
      (from: Pid, _reason: ExitReason) => from === child,
      (_from, reason) => print(`The baker has ended: ${words(reason)}`),
    ),
  });
  return keeper(self, print);
}
// #endregion

/** A keeper whose baker dies twice, and comes back both times. */
export function* kept(self: Self<never>, print: Print): Process {
  const pid = self.spawn(keeper, print);
  for (const reason of ["burnt", "boom"]) {
    yield* self.sleep(1);
    self.send("baker", ["die", reason]);
  }
  yield* self.sleep(1);
  print(`A baker is there: ${self.whereis("baker") !== undefined}`);
  const last = self.whereis("baker");
  self.sendExit(pid, "kill");
  if (last) self.sendExit(last, "kill");
}
