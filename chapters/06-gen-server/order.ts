import { type GenServer, genServer, type Process, type Self } from "#runtime";
import type { Print } from "./counter.ts";
import { started } from "./started.ts";

interface Listener {
  readonly call: { say(word: string): string[] };
  readonly cast: { say(word: string): void };
  readonly info: [tag: "say", word: string];
}

// #region order
const listener: GenServer<Listener, string[]> = {
  init: () => ["ok", []],
  handleCall: {
    say: (_self, heard, word) => {
      const all = [...heard, `call ${word}`];
      return ["reply", all, all];
    },
  },
  handleCast: {
    say: (_self, heard, word) => ["noreply", [...heard, `cast ${word}`]],
  },
  handleInfo: {
    say: (_self, heard, word) => ["noreply", [...heard, `info ${word}`]],
  },
};

export function* speaker(self: Self<never>, print: Print): Process {
  const server = started(yield* genServer.start(self, listener, []));
  genServer.cast(self, server, ["say", "one"]);
  self.send(server, ["say", "two"]);
  genServer.cast(self, server, ["say", "three"]);
  const heard = yield* genServer.call(self, server, ["say", "four"]);
  print(heard.join(", "));
}
// #endregion
