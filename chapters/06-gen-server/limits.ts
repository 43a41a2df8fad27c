import { type GenServer, genServer, type Process, type Self } from "#runtime";
import type { Print } from "./counter.ts";
import { started } from "./started.ts";

interface Lamp {
  readonly cast: { press(): void; touch(): void };
}

// #region lamp
const lamp: GenServer<Lamp, Print, [print: Print]> = {
  name: "lamp",
  init: (_self, print) => ["ok", print, ["continue", "warm up"]],
  handleContinue(_self, print, what) {
    print(`first: ${what}`);
    return ["noreply", print];
  },
  handleCast: {
    press(_self, print) {
      print("on, for 100 ms");
      return ["noreply", print, 100];
    },
    touch: (_self, print) => ["noreply", print],
  },
  handleInfo: {
    timeout(_self, print) {
      print("off");
      return ["noreply", print];
    },
  },
};
// #endregion

// #region hand
export function* hand(self: Self<never>, print: Print): Process {
  const server = started(yield* genServer.start(self, lamp, [print]));
  genServer.cast(self, server, "press");
  yield* self.sleep(200);
  genServer.cast(self, server, "press");
  yield* self.sleep(50);
  genServer.cast(self, server, "touch");
  yield* self.sleep(200);
  print("touched at half time: it stays on");
}
// #endregion
