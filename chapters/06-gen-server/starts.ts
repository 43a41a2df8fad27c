import {
  after,
  type DownMessage,
  type ExitMessage,
  type GenServer,
  genServer,
  type InitResult,
  type Pid,
  type Process,
  type Protocol,
  type Self,
  type StartResult,
} from "#runtime";
import type { Print } from "./counter.ts";
import { words } from "./in-words.ts";

type ToMain =
  | ["answered", what: string]
  | ["heard", what: string]
  | DownMessage;

// #region inits
type Init = (self: Self<never>) => InitResult<number>;

const inits: Record<string, Init> = {
  'answers ["ok", 0]': () => ["ok", 0],
  'answers ["stop", "why"]': () => ["stop", "why"],
  "exits why": (self) => self.exit("why"),
  "throws oops": () => {
    throw new Error("oops");
  },
  'answers "ignore"': () => "ignore",
};
// #endregion

// #region attempt
/** Starts a server and tells main what came of it, and whether it heard. */
function* attempt(
  self: Self<ExitMessage>,
  main: Pid<ToMain>,
  init: Init,
  how: "alone" | "linked" | "trapping",
): Process {
  self.trapExit(how === "trapping");
  const server: GenServer<Protocol, number> = { init };
  const start = how === "alone" ? genServer.start : genServer.startLink;
  self.send(main, ["answered", inShort(yield* start(self, server, []))]);
  const heard = yield* self.receive(
    { EXIT: (_from, reason) => `, EXIT ${words(reason)}` },
    after(10, () => ""),
  );
  self.send(main, ["heard", heard]);
}
// #endregion

function inShort(result: StartResult<Pid>): string {
  if (result === "ignore") return "ignore";
  return result[0] === "ok" ? "ok" : `error ${words(result[1])}`;
}

/** What init says, and what its starter gets to know. */
export function* starts(self: Self<ToMain>, print: Print): Process {
  print(line(["init", "start", "startLink", "startLink, trapping"]));
  for (const [name, init] of Object.entries(inits)) {
    const cells: string[] = [];
    for (const how of ["alone", "linked", "trapping"] as const) {
      const [, ref] = self.spawnMonitor(attempt, self.pid, init, how);
      const died = (reason: unknown) => `dies: ${words(reason)}`;
      const answered = yield* self.receive({
        answered: (what) => what,
        DOWN: (_ref, _type, _pid, reason) => died(reason),
      });
      const heard = yield* self.receive(
        { heard: (what) => what },
        after(30, () => ""),
      );
      self.demonitor(ref, { flush: true });
      cells.push(answered + heard);
    }
    print(line([name, ...cells]));
  }
}

function line([first = "", second = "", third = "", last = ""]: string[]) {
  return `${first.padEnd(25)}${second.padEnd(16)}${third.padEnd(16)}${last}`;
}
