import {
  type ExitMessage,
  format,
  isProcessAlive,
  type Process,
  type Self,
} from "#runtime";
import type { Print } from "./isolation.ts";
import { member } from "./linked.ts";

// #region trapping
export function* guardian(self: Self<ExitMessage>, print: Print): Process {
  self.trapExit(true);
  self.spawnLink(function* quiet() {});
  self.spawnLink(function* loud(me: Self<never>) {
    me.exit("boom");
  });
  for (let heard = 0; heard < 2; heard++) {
    yield* self.receive({
      EXIT: (_from, reason) => print(`One has ended: ${format(reason)}`),
    });
  }
}
// #endregion

// #region fake
/** The same words, as a message and as a signal. */
export function* fake(self: Self<never>, print: Print): Process {
  const victim = self.spawn(member);
  const anybody: unknown = ["EXIT", self.pid, "boom"];
  self.send(victim, anybody as never);
  yield* self.sleep(1);
  print(`After the message it is alive: ${isProcessAlive(victim)}.`);
  self.sendExit(victim, "boom");
  yield* self.sleep(1);
  print(`After the signal it is alive: ${isProcessAlive(victim)}.`);
}
// #endregion
