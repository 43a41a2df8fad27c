import type {
  ChildSpec,
  DownMessage,
  ExitMessage,
  ExitReason,
  Process,
  Self,
} from "#runtime";
import { simulate } from "#runtime/testing";
import { startTop } from "./top.ts";
import { type Print, words } from "./worker.ts";

type Child = Self<ExitMessage>;
type Shutdown = NonNullable<ChildSpec["shutdownMs"]>;

// #region characters
/** Four ways to take it when one is asked to stop. */
const characters = {
  *plain(self: Child) {
    yield* self.receive({});
  },
  *tidy(self: Child) {
    self.trapExit(true);
    yield* self.receive({ EXIT: (_from, reason) => self.exit(reason) });
  },
  *slow(self: Child) {
    self.trapExit(true);
    const why = yield* self.receive({ EXIT: (_from, reason) => reason });
    yield* self.sleep(300);
    self.exit(why);
  },
  *stubborn(self: Child) {
    self.trapExit(true);
    for (;;) yield* self.receive({ EXIT: () => {} });
  },
};
// #endregion

type Character = keyof typeof characters;

// #region stop
/** How a child ends when its supervisor is stopped, and after how long. */
function stop(who: Character, shutdownMs: Shutdown): [ExitReason, number] {
  let reason: ExitReason = "it lives";
  const { elapsedMs } = simulate(function* main(
    self: Self<ExitMessage | DownMessage>,
  ) {
    const start: ChildSpec["start"] = (it) => {
      const pid = it.spawnLink(characters[who]);
      self.monitor(pid);
      return ["ok", pid];
    };
    const children: ChildSpec[] = [{ id: who, start, shutdownMs }];
    const top = yield* startTop(self as Child, {}, children);
    self.sendExit(top, "shutdown");
    reason = yield* self.receive({ DOWN: (_ref, _type, _pid, why) => why });
  });
  return [reason, elapsedMs];
}
// #endregion

/** Children against the time that they are given. In virtual time. */
export function* shuttingDown(_self: Child, print: Print): Process {
  const cases: readonly (readonly [Character, Shutdown])[] = [
    ["plain", 5_000],
    ["tidy", 5_000],
    ["slow", 5_000],
    ["slow", 200],
    ["stubborn", 200],
    ["slow", "infinity"],
    ["stubborn", "brutal_kill"],
    ["tidy", "brutal_kill"],
  ];
  print("child     shutdownMs   ends with  after");
  for (const [who, shutdown] of cases) {
    const [reason, tookMs] = stop(who, shutdown);
    const left = `${who.padEnd(10)}${String(shutdown).padEnd(13)}`;
    print(`${left}${words(reason).padEnd(11)}${tookMs} ms`);
  }
}
