import {
  after,
  type ChildSpec,
  isProcessAlive,
  type Pid,
  type Process,
  type Self,
  supervisor,
} from "#runtime";
import { startTop, stopTop, type Teller } from "./top.ts";
import type { Print } from "./worker.ts";

// #region unseen
/** Runs in circles, and lets the others have their turns. */
function* busy(self: Self<never>): Process {
  for (;;) yield* self.yield();
}

/** Ends when it is told to. */
function* loose(self: Self<"die">): Process {
  self.register("loose");
  yield* self.receive({ die: () => self.exit("boom") });
}

const unseen: ChildSpec[] = [
  { id: "busy", start: (self) => ["ok", self.spawnLink(busy)] },
  // No link, and so no signal. This is a mistake.
  { id: "loose", start: (self) => ["ok", self.spawn(loose)] },
];
// #endregion

/** One child that loops, one that is not linked: neither is noticed. */
export function* blind(self: Teller, print: Print): Process {
  const top = yield* startTop(self, { intensity: 5 }, unseen);
  const [last, first] = yield* supervisor.whichChildren(self, top);
  for (let turn = 0; turn < 1_000; turn++) yield* self.yield();
  print(`busy, 1000 turns later, is alive: ${isAlive(first?.[1])}`);
  self.send("loose", "die");
  for (let turn = 0; turn < 1_000; turn++) yield* self.yield();
  const [now] = yield* supervisor.whichChildren(self, top);
  print(`loose, told to die, is alive: ${isAlive(last?.[1])}`);
  print(`still listed, with its dead pid: ${now?.[1] === last?.[1]}`);
  yield* stopTop(self, top);
}

function isAlive(child: Pid | "restarting" | undefined): boolean {
  return typeof child === "object" && isProcessAlive(child);
}

// #region watchdog
type ToClerk = [tag: "ask", from: Pid<"fine">] | "hang";

function* clerk(self: Self<ToClerk>, print: Print): Process {
  self.register("clerk");
  print("the clerk starts");
  for (;;) {
    yield* self.receive({
      ask: (from) => self.send(from, "fine"),
      // Waits for a day, and reads nothing meanwhile.
      *hang() {
        yield* self.sleep(86_400_000);
      },
    });
  }
}

/** Asks the clerk every 100 ms, and ends one that does not answer in 50. */
function* watchdog(self: Self<"fine">, print: Print): Process {
  yield* self.sleep(100);
  const watched = self.whereis("clerk");
  if (watched === undefined) return watchdog(self, print);
  self.send<ToClerk>(watched as Pid<ToClerk>, ["ask", self.pid]);
  yield* self.receive(
    { fine: () => {} },
    after(50, () => {
      print("no answer: the watchdog ends the clerk");
      self.sendExit(watched, "kill");
    }),
  );
  return watchdog(self, print);
}
// #endregion

/** A clerk hangs; what the supervisor cannot see, a neighbour can. */
export function* hung(self: Teller, print: Print): Process {
  const children: ChildSpec[] = [
    { id: "clerk", start: (it) => ["ok", it.spawnLink(clerk, print)] },
    { id: "watchdog", start: (it) => ["ok", it.spawnLink(watchdog, print)] },
  ];
  const top = yield* startTop(self, {}, children);
  yield* self.sleep(250);
  print("-- the clerk hangs");
  self.send("clerk", "hang");
  yield* self.sleep(250);
  yield* stopTop(self, top);
}
