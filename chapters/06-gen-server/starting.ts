import {
  type DownMessage,
  type Pid,
  type Process,
  type Ref,
  type Self,
  type Step,
  when,
} from "#runtime";
import type { Print } from "./counter.ts";
import { counter } from "./counter-callbacks.ts";
import {
  type Answer,
  type Callbacks,
  call,
  loop,
  type Wire,
} from "./generic.ts";
import { words } from "./in-words.ts";

interface Startable<S, A extends unknown[]> extends Callbacks<S> {
  init(self: never, ...args: A): Begin<S>;
}
type Begin<S> = readonly ["ok", state: S] | readonly ["stop", reason: unknown];
type Started = readonly ["ok", Pid<Wire>] | readonly ["error", unknown];
type ToStarter = [tag: "started", server: Pid<Wire>] | DownMessage;

// #region body
/** A server's life: init, a word to the starter, the loop. */
function* serve<S, A extends unknown[]>(
  self: Self<Wire>,
  starter: Pid<ToStarter>,
  callbacks: Startable<S, A>,
  args: A,
): Process {
  const begin = callbacks.init(self as never, ...args);
  if (begin[0] === "stop") return self.exit(begin[1]);
  self.send(starter, ["started", self.pid]);
  return loop(self, callbacks, begin[1]);
}
// #endregion

// #region start
function* start<S, A extends unknown[]>(
  self: Self<ToStarter>,
  callbacks: Startable<S, A>,
  args: A,
): Step<Started> {
  const [server, ref] = self.spawnMonitor(
    serve<S, A>,
    self.pid,
    callbacks,
    args,
  );
  const started: Started = yield* self.receive<Started>({
    started: when(
      (from: Pid<Wire>) => from === server,
      () => ["ok", server] as const,
    ),
    DOWN: when(
      (which: Ref) => which === ref,
      (_ref, ...end: unknown[]) => ["error", end[2]] as const,
    ),
  });
  self.demonitor(ref, { flush: true });
  return started;
}
// #endregion

// #region starter
export function* starter(
  self: Self<ToStarter | Answer>,
  print: Print,
): Process {
  for (const first of [7, -1]) {
    const started = yield* start(self as Self<ToStarter>, counter, [first]);
    if (started[0] === "error") print(`Not started: ${words(started[1])}.`);
    else {
      const asker = self as Self<Answer>;
      print(`Started at ${yield* call(asker, started[1], "count")}.`);
    }
  }
}
// #endregion
