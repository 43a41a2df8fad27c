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
import { SimulationError, simulate } from "#runtime/testing";
import { type Starts, top } from "./exercise.ts";

type Who = keyof Starts;
const everybody: readonly Who[] = ["prices", "stock", "till"];
const COUNTING_MS = 8_000;

interface Day {
  readonly lines: readonly string[];
  /** Who is another process after the death of one, and alive. */
  readonly isNew: string;
}

/** A day on which one of them dies, or on which the shop is closed. */
function day(end: Who | "closing"): Day {
  const lines: string[] = [];
  let isNew = "nobody could be asked";
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
    const { flags, children } = top({
      prices: startOf("prices"),
      stock: startOf("stock"),
      till: startOf("till"),
    });
    const started = yield* supervisor.startLink(self, flags, children);
    if (started[0] !== "ok") {
      lines.push(`the top supervisor: ${format(started)}`);
      return;
    }
    if (end === "closing") {
      lines.push("the shop closes");
      self.sendExit(started[1], "shutdown");
      yield* self.receive({ EXIT: () => {} }, after(60_000));
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
  try {
    simulate(main, { seed: 0 });
  } catch (error) {
    lines.push(
      error instanceof SimulationError
        ? `and then: ${error.message.split("\n")[0]}`
        : `thrown: ${error}`,
    );
  }
  return { lines, isNew };
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
  lines.push("the till has counted");
}

function says(rule: string, { lines }: Day, look: string): string {
  const story = lines.map((line) => `  ${line}`).join("\n");
  return `${rule}\n\nWhat happened:\n${story}\n\n${look}\n\nIn short`;
}

test("prices that die are replaced alone", () => {
  const outcome = day("prices");
  expect(
    outcome.isNew,
    says(
      "The prices need nobody, and nobody needs them. When they die, only they are new.",
      outcome,
      "A whole shop was started again for a list of prices. A strategy holds for all children of one supervisor. Where two groups know nothing of each other, one strategy does not suit both: give the group a supervisor of its own.",
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
      "Somebody had to go who does not depend on the till. Dependence has a direction: whoever is listed later leans on those before. Which strategy knows a direction?",
    ),
  ).toBe("till");
});

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
    outcome.lines.includes("the till has counted"),
    says(
      "At closing the till counts its money. That takes eight seconds, and it is given them.",
      outcome,
      "The till was killed while it counted. A worker has five seconds to stop, unless its spec says more. And whoever is above it has to wait at least as long: a supervisor is to be marked as one, for then it may take the time that its children need.",
    ),
  ).toBe(true);
});
