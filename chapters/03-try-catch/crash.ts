import type { DownMessage, Pid, Process, Self, Step } from "#runtime";
import { type Print, told } from "./classes.ts";
import { carefulTill, type ToOffice, type ToTill, till } from "./till.ts";

type Office = Self<ToOffice | DownMessage>;

/** Asks a till what it has sold. */
function* ask(self: Office, name: string, of: Pid<ToTill>, print: Print) {
  self.send(of, ["report", self.pid]);
  yield* self.receive({
    sales: (_till, count, cents) =>
      print(`${name}: ${count} sold, ${cents} cents`),
  });
}

/** A till that catches everything answers, and nobody learns of the mistake. */
export function* carefulDay(self: Office, print: Print): Process {
  const north = self.spawn(carefulTill);
  for (const price of ["3.50", "free", "2.00"]) {
    self.send(north, ["sell", price]);
  }
  yield* ask(self, "north", north, print);
  self.sendExit(north, "kill");
}

// #region day
/** Two tills; one of them is sent nonsense. */
export function* day(self: Office, print: Print): Process {
  const [north] = self.spawnMonitor(till);
  const [south] = self.spawnMonitor(till);
  self.send(south, ["sell", "3.50"]);
  self.send(north, ["sell", "free"]);

  const reason = yield* nextDown(self);
  print(`north ended: ${told(reason)}`);
  yield* ask(self, "south", south, print);

  const [again] = self.spawnMonitor(till);
  self.send(again, ["sell", "2.00"]);
  yield* ask(self, "north again", again, print);
}

/** Waits until a process that is watched has ended; gives its reason. */
function* nextDown(self: Office): Step<unknown> {
  return yield* self.receive({ DOWN: (_ref, _type, _pid, reason) => reason });
}
// #endregion
