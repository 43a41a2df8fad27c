import { expect, test } from "vitest";
import {
  type ChildStart,
  type ExitMessage,
  format,
  isProcessAlive,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import { errorIn, SimulationError, simulate } from "#runtime/testing";
import { openHouse } from "./exercise.ts";

const rooms = ["tea", "coffee", "cake"] as const;
type Room = (typeof rooms)[number];
type What = "desk" | "board";
/** Who crashes, and how long it is quiet after that. */
type Crash = readonly [what: What, room: Room, quietMs?: number];

interface Evening {
  readonly lines: readonly string[];
  /** Why there was no house that could live through it, in words. */
  readonly fault: string | undefined;
  /** What became of each room, in words. */
  readonly became: Readonly<Record<Room, string>>;
  /** Which supervisors started each room's desk: more than one, and one of them was itself started again. */
  readonly supervisors: ReadonlyMap<string, ReadonlySet<Pid>>;
}

/** Opens a house, lets some of it crash, and looks what became of the rooms. */
function evening(crashes: readonly Crash[]): Evening {
  const lines: string[] = [];
  let fault: string | undefined;
  const became = {
    tea: "never open",
    coffee: "never open",
    cake: "never open",
  };
  const now = new Map<string, Pid>();
  const supervisors = new Map<string, Set<Pid>>();
  /** The desk that a board has looked up. */
  const writesFor = new Map<Pid, Pid | undefined>();
  const living = (what: What, room: Room): Pid | undefined => {
    const pid = now.get(`${what} of ${room}`);
    return pid && isProcessAlive(pid) ? pid : undefined;
  };
  const starting =
    (what: What) =>
    (it: Self<never>, room: string): ChildStart => {
      const isRoom = (rooms as readonly unknown[]).includes(room);
      if (!isRoom || told(it) !== "a self") {
        fault = `\`starts.${what}\` is called with the self that the start of a child is given, and with the name of a room. It got ${told(it)} and ${told(room)}.`;
        return ["error", "called with something else"];
      }
      const desk = living("desk", room as Room);
      if (what === "board" && !desk) return ["error", `no desk in ${room}`];
      if (what === "desk") {
        const before = supervisors.get(room) ?? [];
        supervisors.set(room, new Set([...before, it.pid]));
      }
      const pid = it.spawnLink(waiting);
      now.set(`${what} of ${room}`, pid);
      if (what === "board") writesFor.set(pid, desk);
      return ["ok", pid];
    };
  const look = (room: Room, before: ReadonlyMap<string, Pid>): string => {
    const [desk, board] = [living("desk", room), living("board", room)];
    if (!desk && !board) return "closed";
    if (!desk) return "without a desk";
    if (!board) return "without a board";
    if (writesFor.get(board) !== desk) return "with a board of a dead desk";
    if (desk !== before.get(`desk of ${room}`)) return "new";
    const isSame = board === before.get(`board of ${room}`);
    return isSame ? "as it was" : "with a new board";
  };
  const main = function* main(self: Self<ExitMessage>): Process {
    self.trapExit(true);
    const starts = { desk: starting("desk"), board: starting("board") };
    const opening = openHouse(self as never, starts, rooms);
    // Without a return there is nothing to run.
    const opened = opening && (yield* opening);
    if (!Array.isArray(opened) || opened[0] !== "ok") {
      const thrown = errorIn(opened);
      if (thrown) throw thrown;
      lines.push(`the house does not open: ${format(opened)}`);
      fault ??= `The house did not open; \`openHouse\` gave ${format(opened)}. It gives ["ok", pid], as supervisor.startLink does, whose answer is returned. So does the start of a room, with the \`self\` that it is given. And a desk is started before its board.`;
      return;
    }
    const absent = rooms.flatMap((room) =>
      (["desk", "board"] as const)
        .filter((what) => !living(what, room))
        .map((what) => `the ${what} of ${room}`),
    );
    if (absent.length > 0) {
      lines.push(`the house opens without ${absent.join(", ")}`);
      fault ??=
        "Whoever opens the house opens all its rooms, each with a desk and a board. Is everybody in a list of children, and does each start get the name of its room?";
      return;
    }
    const before = new Map(now);
    for (const [what, room, quietMs = 100] of crashes) {
      const pid = living(what, room);
      if (pid) self.sendExit(pid, "crash");
      lines.push(
        `the ${what} of ${room} ${pid ? "crashes" : "cannot crash: there is none"}`,
      );
      yield* self.sleep(quietMs);
    }
    yield* self.sleep(60_000);
    for (const room of rooms) {
      became[room] = look(room, before);
      lines.push(`a minute later ${room} is ${became[room]}`);
    }
    if (!isProcessAlive(opened[1])) lines.push("the house has ended");
  };
  try {
    simulate(main, { seed: 0 });
  } catch (error) {
    // A call that nobody runs is refused at the end, and known by then.
    if (!(error instanceof SimulationError) && fault === undefined) throw error;
    lines.push(`and then: ${String(error).split("\n")[0]}`);
    fault ??=
      "It did not come to an end. A start gives its answer at once, and a call is made to somebody who is there: the pid in the answer of startLink.";
  }
  return { lines, fault, became, supervisors };
}

function told(it: unknown): string {
  return typeof Object(it).spawnLink === "function" ? "a self" : format(it);
}

function* waiting(self: Self<never>): Process {
  yield* self.receive({});
}

function says(rule: string, { lines, fault }: Evening, look: string): string {
  const story = lines.map((line) => `  ${line}`).join("\n");
  return `${rule}\n\nWhat happened:\n${story}\n\n${fault ?? look}\n\nIn short`;
}

const untouched = "as it was";

test("a crash in one room leaves the others as they were", () => {
  for (const what of ["desk", "board"] as const) {
    const outcome = evening([[what, "tea"]]);
    const { coffee, cake } = outcome.became;
    expect(
      [coffee, cake],
      says(
        `The ${what} of tea crashes. Coffee and cake are as they were.`,
        outcome,
        "Somebody who drinks coffee was thrown out because of a crash in the tea room. A strategy holds for all children of one supervisor, and whoever is to be left alone must not be among them. Do the rooms need one another at all?",
      ),
    ).toEqual([untouched, untouched]);
  }
});

test("a desk that crashes is there again, with a new board", () => {
  const outcome = evening([["desk", "coffee"]]);
  expect(
    outcome.became.coffee,
    says(
      "When the desk of coffee crashes, its room is new: a desk, and a board that writes for this desk.",
      outcome,
      outcome.became.coffee === "with a board of a dead desk"
        ? "There is a new desk, and the board writes for the dead one. A board leans on its desk. Which strategy starts those anew who were started after the one that crashed?"
        : "The room did not come back. A crash now and then is to be borne: look at the restart types and at the intensity. And a supervisor brings back those who are linked to it, so each start uses the `self` that it is given itself.",
    ),
  ).toBe("new");
});

test("a board that crashes is there again, and its desk stays", () => {
  const outcome = evening([["board", "coffee"]]);
  expect(
    outcome.became.coffee,
    says(
      "When the board of coffee crashes, it is replaced, and the desk stays.",
      outcome,
      "The desk had to go for its board, and with it went the list of who is inside. The desk does not need a board; only the board needs a desk. Which strategy knows a direction?",
    ),
  ).toBe("with a new board");
});

test("three crashes in each room close none of them", () => {
  const round: Crash[] = rooms.map((room) => ["desk", room]);
  const outcome = evening([...round, ...round, ...round]);
  expect(
    outcome.became,
    says(
      "Each room crashes three times within ten seconds. All three are open.",
      outcome,
      outcome.lines.includes("the house has ended")
        ? "The house was closed, although no room has crashed a fourth time. A supervisor counts the crashes of all its children together. Where are they counted here?"
        : "A room was closed that bore what a room has to bear. The intensity says how many restarts are borne, not which one is too many.",
    ),
  ).toEqual({ tea: "new", coffee: "new", cake: "new" });
});

test("a room that crashes a fourth time is closed, and the others go on", () => {
  // At once, and just within the ten seconds.
  for (const quietMs of [100, 3_000]) {
    const again: Crash = ["desk", "tea", quietMs];
    const outcome = evening([again, again, again, again]);
    const { tea } = outcome.became;
    const supervisorsOfTea = outcome.supervisors.get("tea")?.size ?? 0;
    expect(
      outcome.became,
      says(
        "Tea crashes four times within ten seconds. It is closed and stays closed. Coffee and cake are as they were.",
        outcome,
        outcome.lines.includes("the house has ended")
          ? "One room has closed the whole house. Its supervisor has given up, as it should. But then the house wanted to have it back, and had to give up itself. Must everybody come back?"
          : tea === "new"
            ? supervisorsOfTea > 1
              ? 'Tea is open again, and will crash again. Its supervisor has given up, as it should, and was then itself brought back. It had ended with "shutdown". Which restart types leave a child alone that has ended like that?'
              : "Tea is open again, and will crash again. After four crashes nobody has given up. The intensity says how many restarts are borne in a period. How many are borne here, and how long is the period? It is counted in milliseconds, and 5 seconds if nobody says so."
            : "Half a room is no room. What gives up is a supervisor, and it takes along all who are below it, and nobody else.",
      ),
    ).toEqual({ tea: "closed", coffee: untouched, cake: untouched });
  }
});

test("a crash now and then closes no room", () => {
  const now: Crash = ["board", "cake", 11_000];
  const outcome = evening([now, now, now, now, now, now]);
  expect(
    outcome.became.cake,
    says(
      "The board of cake crashes every eleven seconds, six times in all. That is never four times in ten seconds, and cake is open.",
      outcome,
      "Old crashes have counted as if they were new. `periodMs` says how long one is remembered.",
    ),
  ).toBe("with a new board");
});
