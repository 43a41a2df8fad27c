import {
  after,
  type DownMessage,
  type ExitMessage,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import { words } from "./in-words.ts";
import type { Print } from "./isolation.ts";

type Victim = Self<"now">;
type Relation = "linked" | "linked, trapping" | "watching";
type ToMain = ["hears", what: string] | DownMessage;

// #region endings
/** The ways to end. The last two are somebody else's doing. */
export const endings: Record<string, (self: Victim) => void> = {
  returns: () => {},
  "exits normal": (self) => self.exit("normal"),
  "exits shutdown": (self) => self.exit("shutdown"),
  "exits boom": (self) => self.exit("boom"),
  "has an error": () => {
    throw new Error("boom");
  },
  "throws ball": () => {
    throw "ball";
  },
  "exits kill": (self) => self.exit("kill"),
  "is sent kill": () => {},
  "was dead before": () => {},
};
// #endregion

// #region witness
/** Ties itself to the victim, lets it end, and says what it hears of it. */
function* witness(
  self: Self<ExitMessage | DownMessage>,
  relation: Relation,
  ending: string,
  victim: Pid<"now">,
  main: Pid<ToMain>,
): Process {
  self.trapExit(relation === "linked, trapping");
  if (relation === "watching") self.monitor(victim);
  else self.link(victim);
  if (ending === "is sent kill") self.sendExit(victim, "kill");
  else self.send(victim, "now");
  const heard = yield* self.receive(
    {
      EXIT: (_from, reason) => `EXIT ${words(reason)}`,
      DOWN: (_ref, _type, _pid, reason) => `DOWN ${words(reason)}`,
    },
    after(300, () => "lives, hears nothing"),
  );
  self.send(main, ["hears", heard]);
}
// #endregion

// #region play
/** One square of the table. */
function* play(self: Self<ToMain>, relation: Relation, ending: string) {
  const victim = self.spawn(function* victim(me: Victim) {
    yield* me.receive({ now: () => {} });
    endings[ending]?.(me);
  });
  if (ending === "was dead before") {
    self.send(victim, "now");
    yield* self.sleep(1);
  }
  const [, ref] = self.spawnMonitor(
    witness,
    relation,
    ending,
    victim,
    self.pid as Pid<ToMain>,
  );
  const fate = yield* self.receive({
    hears: (what) => what,
    DOWN: (_ref, _type, _pid, reason) => `dies: ${words(reason)}`,
  });
  self.demonitor(ref, { flush: true });
  return fate;
}
// #endregion

/** Who dies, who hears: every ending before every kind of witness. */
export function* table(self: Self<ToMain>, print: Print): Process {
  const relations: Relation[] = ["linked", "linked, trapping", "watching"];
  print(line(["the other", ...relations]));
  for (const ending of Object.keys(endings)) {
    const fates: string[] = [];
    for (const relation of relations) {
      fates.push(yield* play(self, relation, ending));
    }
    print(line([ending, ...fates]));
  }
}

/** Columns of 17, 22 and 20 characters, and one that needs no end. */
function line([first = "", second = "", third = "", last = ""]: string[]) {
  return `${first.padEnd(17)}${second.padEnd(22)}${third.padEnd(20)}${last}`;
}
