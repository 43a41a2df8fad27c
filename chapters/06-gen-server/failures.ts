import {
  Exit,
  type ExitReason,
  type GenServer,
  genServer,
  isProcessAlive,
  type Process,
  type Self,
  type ServerName,
} from "#runtime";
import type { Print } from "./counter.ts";
import { words } from "./in-words.ts";
import { started } from "./started.ts";

interface Clerk {
  readonly call: { work(forMs: number): "done"; fail(): never };
}

const clerk: GenServer<Clerk, number> = {
  init: () => ["ok", 0],
  handleCall: {
    *work(self, done, forMs) {
      yield* self.sleep(forMs);
      return ["reply", "done", done + 1];
    },
    fail: (self) => self.exit("broken"),
  },
};

// #region ask
type Request = "fail" | readonly ["work", forMs: number];

/** Calls with a limit of 200 ms, and says what came of it. */
function* ask(self: Self<never>, server: ServerName<Clerk>, request: Request) {
  try {
    return yield* genServer.call(self, server, request, 200);
  } catch (caught) {
    if (!(caught instanceof Exit)) throw caught;
    const [reason] = caught.reason as [ExitReason, unknown];
    return `${words(reason)}. ${meaning(reason)}`;
  }
}
// #endregion

// #region meaning
/** What a caller may conclude from a call that has failed. */
function meaning(reason: ExitReason): string {
  if (reason === "timeout") return "It may live, and may do the work yet.";
  if (reason === "noproc") return "There is none. Nothing was done.";
  if (Array.isArray(reason) && reason[0] === "nodedown") {
    return "Out of reach. Nothing is known.";
  }
  return "It died first. The work may be half done.";
}
// #endregion

export function* failures(self: Self<never>, print: Print): Process {
  const server = started(yield* genServer.start(self, clerk, []));
  const elsewhere = ["clerk", "nobody@127.0.0.1"] as const;
  print(`in time: ${yield* ask(self, server, ["work", 1])}`);
  print(`too slow: ${yield* ask(self, server, ["work", 600])}`);
  print(`still alive: ${isProcessAlive(server)}`);
  yield* self.sleep(500);
  print(`broken by it: ${yield* ask(self, server, "fail")}`);
  print(`gone: ${yield* ask(self, server, "fail")}`);
  print(`on no node: ${yield* ask(self, elsewhere, "fail")}`);
  print(`a cast says: ${genServer.cast(self, server, "fail" as never)}`);
}
