import { expect, test } from "vitest";
import {
  after,
  type ChildSpec,
  type ExitMessage,
  format,
  isProcessAlive,
  type Pid,
  type Process,
  type Self,
  supervisor,
} from "#runtime";
import { trial } from "#runtime/testing";
import { type Starts, top } from "./exercise.ts";

type Who = keyof Starts;
const everybody: readonly Who[] = ["prices", "stock", "till"];
/** Up to eight seconds. */
const COUNTING_MS = 7_900;
const COUNTED = "the till has counted";

interface Day {
  readonly lines: readonly string[];
  /** Why there was no shop that could live through this day, in words. */
  readonly fault: string | undefined;
  /** Who is another process after the death of one, and alive. */
  readonly isNew: string;
  /** All three stand under the top itself. */
  readonly isOneRow: boolean;
  /** When everybody above it has ended. */
  readonly tillStillCounts: boolean;
}

/** A day on which one of them dies, or on which the shop is closed. */
function day(end: Who | "closing"): Day {
  const lines: string[] = [];
  let fault: string | undefined;
  let isNew = "nobody could be asked";
  let isOneRow = false;
  let tillStillCounts = false;
  const main = function* main(self: Self<ExitMessage>): Process {
    self.trapExit(true);
    const now: Partial<Record<Who, Pid>> = {};
    const startOf = (who: Who): ChildSpec["start"] =>
      function start(it) {
        const pid: Pid =
          who === "till" ? it.spawnLink(till, lines) : it.spawnLink(waiting);
        now[who] = pid;
        lines.push(`${who} is started`);
        return ["ok", pid];
      };
    const plan = top({
      prices: startOf("prices"),
      stock: startOf("stock"),
      till: startOf("till"),
    });
    fault = faultIn(plan);
    if (fault !== undefined) {
      lines.push("the shop cannot be opened");
      return;
    }
    const { flags, children } = plan;
    isOneRow = children.length >= everybody.length;
    const started = yield* supervisor.startLink(self, flags, children);
    if (started[0] !== "ok") {
      lines.push(`the top supervisor: ${format(started)}`);
      return;
    }
    const absent = everybody.filter((who) => now[who] === undefined);
    if (absent.length > 0) {
      fault = `Nobody has started: ${absent.join(", ")}. Whoever belongs to the shop has a place in its tree, with the start that \`starts\` knows.`;
      return;
    }
    if (end === "closing") {
      lines.push("the shop closes");
      self.sendExit(started[1], "shutdown");
      yield* self.receive({ EXIT: () => {} }, after(60_000));
      if (lines.includes(COUNTED)) return;
      tillStillCounts = now.till !== undefined && isProcessAlive(now.till);
      const till = tillStillCounts ? "still counts" : "is dead";
      lines.push(`the top supervisor has ended, the till ${till}`);
      return;
    }
    const before = { ...now };
    lines.push(`${end} dies`);
    if (now[end]) self.sendExit(now[end], "kill");
    // Longer than the till takes to stop for a stock that has died.
    yield* self.sleep(60_000);
    const replaced = everybody.filter((who) => {
      const pid = now[who];
      return pid !== before[who] && pid !== undefined && isProcessAlive(pid);
    });
    isNew = replaced.join(", ");
  };
  const { failure } = trial(main, { seed: 0 });
  if (failure !== undefined) lines.push(`and then: ${failure}`);
  return { lines, fault, isNew, isOneRow, tillStillCounts };
}

/** What is wrong with a plan before anybody is started, in words. */
function faultIn(plan: unknown): string | undefined {
  const { flags, children } = Object(plan) as Record<string, unknown>;
  if (typeof flags === "object" && flags !== null && Array.isArray(children))
    return undefined;
  return `\`top\` gives an object with \`flags\`, an object, and \`children\`, an array of specs. It gave ${format(plan)}.`;
}

function* waiting(self: Self<never>): Process {
  yield* self.receive({});
}

/** Counts its money before it goes, which takes a while. */
function* till(self: Self<ExitMessage>, lines: string[]): Process {
  self.trapExit(true);
  const reason = yield* self.receive({ EXIT: (_from, why) => why });
  if (reason !== "shutdown") self.exit(reason);
  yield* self.sleep(COUNTING_MS);
  lines.push(COUNTED);
}

function says(rule: string, { lines, fault }: Day, look: string): string {
  const story = lines.map((line) => `  ${line}`).join("\n");
  return `${rule}\n\nWhat happened:\n${story}\n\n${fault ?? look}\n\nIn short`;
}

test("prices that die are replaced alone", () => {
  const outcome = day("prices");
  expect(
    outcome.isNew,
    says(
      "The prices need nobody, and nobody needs them. When they die, only they are new.",
      outcome,
      outcome.isOneRow
        ? "A whole shop was started again for a list of prices. A strategy holds for all children of one supervisor. Where two groups know nothing of each other, one strategy does not suit both: give the group a supervisor of its own."
        : "The group has a supervisor of its own, and was started again all the same, for a list of prices. The strategy of the top holds for the prices and for that supervisor. Does either of them lean on the other?",
    ),
  ).toBe("prices");
});

test("a till that dies is replaced alone", () => {
  const outcome = day("till");
  expect(
    outcome.isNew,
    says(
      "The till needs the stock, and nobody needs the till. When it dies, only the till is new.",
      outcome,
      lookForTill(outcome),
    ),
  ).toBe("till");
});

function lookForTill({ isNew, lines }: Day): string {
  if (isNew.includes("prices")) {
    return "The prices had to go for a till that they never ask. One row says that each leans on all who stand before it. No order of three says that the prices lean on nobody and nobody on them.";
  }
  const isTillFirst =
    lines.indexOf("till is started") < lines.indexOf("stock is started");
  if (isTillFirst) {
    return "The stock had to go for a till, since it stands behind it in the list. Whoever is listed later leans on those before. Who leans on whom here?";
  }
  return "The stock had to go, and it does not depend on the till. To belong together is not enough: dependence has a direction, and whoever is listed later leans on those before. Which strategy knows a direction?";
}

test("a stock that dies takes the till with it, and not the prices", () => {
  const outcome = day("stock");
  expect(
    outcome.isNew,
    says(
      "The till has reserved goods in the old stock. When the stock dies, stock and till are new, and the prices are the old ones.",
      outcome,
      outcome.isNew.includes("prices")
        ? "The prices had to go for a stock that they never ask. Standing behind the stock in its list is what puts them among the rest. They belong into another list."
        : "The till goes on with goods from a stock that is dead. Alive is not enough: whoever holds something of the dead one has to start afresh, together with it.",
    ),
  ).toBe("stock, till");
});

test("when the shop closes, the till has its eight seconds", () => {
  const outcome = day("closing");
  expect(
    outcome.lines.includes(COUNTED),
    says(
      "At closing the till counts its money. That takes eight seconds, and it is given them.",
      outcome,
      outcome.tillStillCounts
        ? "Nobody waited for the till. Whoever is above it was given less time than the till, was killed, and could not wait any longer. A supervisor is taken for a worker, with five seconds to stop, unless its spec says what type it is. Then it may take the time that its children need."
        : "The till was killed while it counted. To trap exits gives it no time: a worker has five seconds to stop, unless its own spec says more: in shutdownMs, which counts milliseconds.",
    ),
  ).toBe(true);
});
