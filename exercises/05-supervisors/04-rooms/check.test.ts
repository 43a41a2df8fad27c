import { expect, test } from "vitest";
import {
  format,
  isPid,
  isProcessAlive,
  type Pid,
  type Self,
  type Step,
  type Supervisor,
} from "#runtime";
import { type Run, SimulationError, simulate } from "#runtime/testing";
import { enter, openHouse } from "./exercise.ts";

type Enter = (self: Self<never>, name: string) => Step<Pid | undefined>;

interface Visit {
  readonly lines: string[];
  /** What went wrong before anything that a check looks at, in words. */
  readonly trouble: string | undefined;
}

/** Opens a house and does something there; every step is written down. */
function visit(
  act: (self: Self<never>, enter: Enter, lines: string[]) => Step<void>,
  schedules = 1,
): Visit {
  let lines: string[] = [];
  let trouble: string | undefined;
  const body = function* street(self: Self<never>) {
    lines = [];
    self.trapExit(true);
    const opening: unknown = openHouse(self);
    const opened: unknown = isSteps(opening) ? yield* opening : opening;
    const [isOk, house] = Array.isArray(opened) ? opened : [];
    if (isOk !== "ok" || !isPid(house)) {
      trouble = `The house does not open: openHouse gave ${format(opened)}. Return what supervisor.startLink gives.`;
      return;
    }
    const entering: Enter = function* entering(it, name) {
      const room: unknown = yield* enter(it, house as Supervisor, name);
      lines.push(`entering ${name} gives ${format(room)}`);
      if (room === undefined || isPid(room)) return room;
      trouble ??= `enter gave ${format(room)}. It gives the pid of the room.`;
      return undefined;
    };
    yield* act(self, entering, lines);
    if (!isProcessAlive(house)) lines.push("the house has ended");
  };
  try {
    const run = simulate(body, schedules === 1 ? { seed: 0 } : { schedules });
    trouble ??= refused(run);
  } catch (error) {
    if (trouble !== undefined) return { lines, trouble };
    if (!(error instanceof SimulationError)) throw error;
    // Waiting for ever or ending badly is something that happened, too.
    lines.push(`and then: ${error.message.split("\n")[0]}`);
    trouble ??= refused(error.run);
  }
  return { lines, trouble };
}

function isSteps(value: unknown): value is Step<unknown> {
  return (
    typeof Object(value)[Symbol.iterator] === "function" &&
    !Array.isArray(value)
  );
}

/** What the supervisor was asked for and did not do. */
function refused({ trace }: Run): string | undefined {
  const asked = new Map<unknown, unknown>();
  for (const event of trace) {
    if (event.kind !== "send" || !Array.isArray(event.message)) continue;
    const [tag, second, answer] = event.message;
    if (tag === "$gen_call" && answer[0] === "start_child") {
      if (typeof answer[1] === "string") {
        return `startChild was given ${format(answer[1])}. It wants a list of what the start function is called with: [name].`;
      }
      asked.set(second[1], answer[1]);
    }
    if (tag !== "$gen_reply" || !asked.has(second)) continue;
    const [isOk, why] = answer;
    const isThere = Array.isArray(why) && why[0] === "already_started";
    const isListed = why === "already_present" || isThere;
    if (isOk === "error" && !isListed) {
      return `startChild was given ${format(asked.get(second))}, and the supervisor answered ${format(answer)}. ${why === undefined ? 'The start has to return ["ok", pid]: was its return forgotten?' : "Does what it was given suit the strategy, and does its start give a room its name?"}`;
    }
    asked.delete(second);
  }
  const [spec] = asked.values();
  return spec
    ? `startChild was given ${format(spec)}, and the supervisor has not answered. Its start has to return ["ok", pid] at once, and never waits.`
    : undefined;
}

function says(rule: string, { lines, trouble }: Visit, look: string): string {
  const story = lines.map((line) => `  ${line}`).join("\n");
  return `${rule}\n\nWhat happened:\n${story}\n\n${trouble ?? look}\n\nIn short`;
}

function isOpen(room: Pid | undefined): room is Pid {
  return room !== undefined && isProcessAlive(room);
}

/** Tells the room to crash or to close, and waits until that is over. */
function* tell(self: Self<never>, room: Pid | undefined, what: string) {
  if (room) self.send(room as Pid<string>, what);
  yield* self.sleep(10);
}

test("every name has a room of its own", () => {
  let isRight = false;
  const visited = visit(function* (self, enter) {
    const tea = yield* enter(self, "tea");
    const coffee = yield* enter(self, "coffee");
    isRight = isOpen(tea) && isOpen(coffee) && tea !== coffee;
  });
  expect(
    isRight,
    says(
      "Tea and coffee are two rooms, and both are open.",
      visited,
      "How does the name get from enter to startRoom? Look at what startChild was given, and at its answer. Does enter return the pid in it?",
    ),
  ).toBe(true);
});

test("the same name is the same room", () => {
  let isRight = false;
  const visited = visit(function* (self, enter) {
    const first = yield* enter(self, "tea");
    const second = yield* enter(self, "tea");
    isRight = isOpen(first) && first === second;
  });
  expect(
    isRight,
    says(
      "Whoever enters tea second is in the room of who entered first.",
      visited,
      "The room is there already, so starting it is refused. For somebody who wants to come in that is no failure: the refusal says where the room is.",
    ),
  ).toBe(true);
});

test("two who enter at the same moment are in one room", () => {
  let wrong: Visit | undefined;
  for (let seed = 1; seed <= 20 && wrong === undefined; seed++) {
    const found: (Pid | undefined)[] = [];
    const visited = visit(function* (self, enter) {
      for (let i = 0; i < 2; i++) {
        self.spawn(function* visitor(it: Self<never>) {
          found.push(yield* enter(it, "tea"));
        });
      }
      yield* self.sleep(10);
    });
    const isRight = isOpen(found[0]) && found[0] === found[1];
    if (!isRight || found.length !== 2) wrong = visited;
  }
  expect(
    wrong === undefined,
    says(
      "Two visitors who enter tea at the same moment are both in it.",
      wrong ?? { lines: [], trouble: undefined },
      "Both have looked, both have seen no room, and both have asked for one. Between looking and asking somebody else may act, so looking first proves nothing. What does the supervisor answer the one who came second?",
    ),
  ).toBe(true);
});

test("a visitor who crashes does not end the room", () => {
  let isRight = false;
  const visited = visit(function* (self, enter, lines) {
    let tea: Pid | undefined;
    for (const who of ["first", "second"]) {
      self.spawn(function* visitor(it: Self<never>) {
        const room = yield* enter(it, "tea");
        tea ??= room;
        lines.push(`the ${who} visitor crashes`);
        it.exit("crash");
      });
      yield* self.sleep(10);
    }

    lines.push(`the name tea stands for ${format(self.whereis("tea"))}`);
    isRight = isOpen(tea) && self.whereis("tea") === tea;
  });
  expect(
    isRight,
    says(
      "One visitor opens the room, another finds it open. Both crash, and the room stays.",
      visited,
      "The room was linked to a visitor. A child belongs to the process in which its start function runs. In whose process did it run here?",
    ),
  ).toBe(true);
});

test("a crash in one room leaves the others alone", () => {
  let isRight = false;
  const visited = visit(function* (self, enter, lines) {
    const tea = yield* enter(self, "tea");
    const coffee = yield* enter(self, "coffee");
    lines.push("tea crashes");
    yield* tell(self, tea, "crash");
    const now = yield* enter(self, "coffee");
    isRight = isOpen(coffee) && now === coffee;
  });
  expect(
    isRight,
    says(
      "When tea crashes, coffee is the same room as before.",
      visited,
      "Those who sat in coffee have been thrown out because of a crash next door. Do the rooms need one another? Look at the strategy.",
    ),
  ).toBe(true);
});

test("a room that has crashed is there again under its name", () => {
  let isRight = false;
  const visited = visit(function* (self, enter, lines) {
    const tea = yield* enter(self, "tea");
    lines.push("tea crashes");
    yield* tell(self, tea, "crash");
    const again = self.whereis("tea");
    lines.push(`the name tea stands for ${format(again)}`);
    isRight = isOpen(again) && again !== tea;
  });
  expect(
    isRight,
    says(
      "After a crash, the room is open again without anybody entering it.",
      visited,
      "Nobody has started it again. A connection whose line is cut is not helped by a new process, and a room is: it holds nothing but its name. Look at the restart type.",
    ),
  ).toBe(true);
});

test("a room that was closed stays closed until somebody enters", () => {
  let isClosed = false;
  let isRight = false;
  const visited = visit(function* (self, enter, lines) {
    const tea = yield* enter(self, "tea");
    lines.push("tea is closed");
    yield* tell(self, tea, "close");
    isClosed = self.whereis("tea") === undefined;
    lines.push(`the name tea stands for ${format(self.whereis("tea"))}`);
    const again = yield* enter(self, "tea");
    isRight = isOpen(again) && again !== tea;
  });
  expect(
    isClosed,
    says(
      "A room that was closed has ended normally, and is not opened again by itself.",
      visited,
      "It was closed, and stood open a moment later. The default type starts a child again after a good end, too. Which one looks at the reason?",
    ),
  ).toBe(true);
  expect(
    isRight,
    says(
      "Whoever enters a closed room opens it again.",
      visited,
      "A spec may still be listed although its child has ended. Look at what the supervisor answers then, and at what it offers instead of startChild.",
    ),
  ).toBe(true);
});
