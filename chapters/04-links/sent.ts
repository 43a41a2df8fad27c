import {
  after,
  type DownMessage,
  type ExitReason,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import { words } from "./in-words.ts";
import type { Print } from "./isolation.ts";

type ToMain = ["ready"] | ["hears", what: string] | DownMessage;
type Sender = (self: Self<ToMain>, to: Pid) => void;

// #region signals
const signal =
  (reason: ExitReason): Sender =>
  (self, to) =>
    self.sendExit(to, reason);

/** What may be sent to a process that is linked to nobody. */
export const sendings: Record<string, Sender> = {
  "signal normal": signal("normal"),
  "signal shutdown": signal("shutdown"),
  "signal boom": signal("boom"),
  "signal kill": signal("kill"),
  "signal killed": signal("killed"),
  "message EXIT": (self, to) =>
    self.send(to as Pid<unknown[]>, ["EXIT", self.pid, "boom"]),
};
// #endregion

function* target(
  self: Self<["EXIT", from: Pid, reason: ExitReason]>,
  trapping: boolean,
  main: Pid<ToMain>,
): Process {
  self.trapExit(trapping);
  self.send(main, ["ready"]);
  const heard = yield* self.receive(
    { EXIT: (_from, reason) => `reads EXIT ${words(reason)}` },
    after(300, () => "lives, hears nothing"),
  );
  self.send(main, ["hears", heard]);
}

function* play(self: Self<ToMain>, send: Sender, trapping: boolean) {
  const main = self.pid as Pid<ToMain>;
  const [pid, ref] = self.spawnMonitor(target, trapping, main);
  yield* self.receive({ ready: () => {} });
  send(self, pid);
  const fate = yield* self.receive({
    hears: (what) => what,
    DOWN: (_ref, _type, _pid, reason) => `dies: ${words(reason)}`,
  });
  self.demonitor(ref, { flush: true });
  return fate;
}

/** What a stranger can do to a process, whether it traps exits or not. */
export function* sent(self: Self<ToMain>, print: Print): Process {
  print(line(["a stranger's", "not trapping", "trapping"]));
  for (const [what, send] of Object.entries(sendings)) {
    const plain = yield* play(self, send, false);
    print(line([what, plain, yield* play(self, send, true)]));
  }
}

function line([first = "", second = "", third = ""]: string[]) {
  return `${first.padEnd(17)}${second.padEnd(22)}${third}`;
}
