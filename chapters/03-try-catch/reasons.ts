import type { DownMessage, Process, Self } from "#runtime";
import { type Print, told } from "./classes.ts";

type Body = (self: Self<never>) => Process | void;

// #region bodies
const bodies: Record<string, Body> = {
  returns: () => {},
  "exits with normal": (self) => self.exit("normal"),
  "exits with bye": (self) => self.exit("bye"),
  "throws an Error": () => {
    throw new Error("boom");
  },
  "throws ball": () => {
    throw "ball";
  },
  *"waits, is killed"(self) {
    yield* self.receive();
  },
};
// #endregion

// #region watch
/** Starts each body, and prints the reason that a monitor is told. */
export function* printReasons(self: Self<DownMessage>, print: Print): Process {
  for (const [what, body] of Object.entries(bodies)) {
    const [pid] = self.spawnMonitor(body);
    if (what === "waits, is killed") self.sendExit(pid, "kill");
    yield* self.receive({
      DOWN(_ref, _type, _pid, reason) {
        print(`${what}: ${told(reason)}`);
      },
    });
  }
}
// #endregion
