import {
  after,
  type DownMessage,
  type ExitMessage,
  type GenServer,
  genServer,
  type Pid,
  type Process,
  type Self,
  type Server,
  type Step,
} from "#runtime";
import type { Print } from "./counter.ts";
import { words } from "./in-words.ts";
import { started } from "./started.ts";

interface Candle {
  readonly cast: { stop(): void; crash(): void };
  readonly info: ExitMessage;
}
type ToMain =
  | ["born", server: Server<Candle>]
  | ["terminate", reason: unknown]
  | DownMessage;
type ToStarter = ["do", what: (self: Self<never>) => void] | ExitMessage;

// #region candle
const candle: GenServer<Candle, Pid<ToMain>, [Pid<ToMain>, traps: boolean]> = {
  init(self, main, traps) {
    self.trapExit(traps);
    return ["ok", main];
  },
  handleCast: {
    stop: (_self, main) => ["stop", "normal", main],
    crash: () => {
      throw new Error("an error");
    },
  },
  handleInfo: { EXIT: (_self, main) => ["noreply", main] },
  terminate: (self, reason, main) => self.send(main, ["terminate", reason]),
};
// #endregion

/** Whoever starts the server; linked to it, and does as it is told. */
function* starter(
  self: Self<ToStarter>,
  main: Pid<ToMain>,
  traps: boolean,
): Process {
  self.trapExit(true);
  const result = yield* genServer.startLink(self, candle, [main, traps]);
  self.send(main, ["born", started(result)]);
  for (;;) {
    yield* self.receive({
      do: (what) => what(self as never),
      EXIT: () => {},
    });
  }
}

// #region endings
type End = (self: Self<never>, server: Server<Candle>) => Step<void> | void;

/** What the starter does to it, and what a stranger does. */
const byStarter: Record<string, End> = {
  "a callback answers stop": (self, server) => {
    genServer.cast(self, server, "stop");
  },
  "a callback throws": (self, server) => {
    genServer.cast(self, server, "crash");
  },
  "starter sends shutdown": (self, server) => self.sendExit(server, "shutdown"),
  "starter ends: boom": (self) => self.exit("boom"),
  "starter ends: normal": (self) => self.exit("normal"),
};
const byStranger: Record<string, End> = {
  *"genServer.stop"(self, server) {
    yield* genServer.stop(self, server);
  },
  "stranger sends boom": (self, server) => self.sendExit(server, "boom"),
  "is sent kill": (self, server) => self.sendExit(server, "kill"),
};
// #endregion

/** One square: a server with a starter is ended in a way; what happens? */
function* play(self: Self<ToMain>, ending: string, traps: boolean) {
  const parent = self.spawn(starter, self.pid, traps);
  const server = yield* self.receive({ born: (pid) => pid });
  const ref = self.monitor(server);
  const act = byStarter[ending];
  if (act) self.send(parent, ["do", (it) => void act(it, server)]);
  const step = byStranger[ending]?.(self as never, server);
  if (step) yield* step;
  const word = yield* self.receive(
    { terminate: (reason) => `yes: ${words(reason)}` },
    after(30, () => "no"),
  );
  const end = yield* self.receive(
    { DOWN: (_ref, _type, _pid, reason) => words(reason) },
    after(0, () => "lives on"),
  );
  self.demonitor(ref, { flush: true });
  for (const pid of [server, parent]) self.sendExit(pid, "kill");
  return word === "no" ? `no: ${end}` : word;
}

/** Every ending, of a server that does not trap exits and of one that does. */
export function* table(self: Self<ToMain>, print: Print): Process {
  print(line(["does terminate run?", "does not trap", "traps exits"]));
  for (const ending of Object.keys({ ...byStranger, ...byStarter }).sort()) {
    const bare = yield* play(self, ending, false);
    print(line([ending, bare, yield* play(self, ending, true)]));
  }
}

function line([first = "", second = "", third = ""]: string[]): string {
  return `${first.padEnd(25)}${second.padEnd(17)}${third}`;
}
