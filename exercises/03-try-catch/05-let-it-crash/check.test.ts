import { expect, test } from "vitest";
import {
  type DownMessage,
  format,
  type Pid,
  type Process,
  processInfo,
  type Self,
} from "#runtime";
import { exchange, type Run, trial } from "#runtime/testing";
import {
  type Outcome,
  type Sensor,
  survey,
  type ToOffice,
} from "./exercise.ts";

type Office = Self<ToOffice | DownMessage>;
type House = Readonly<Record<string, Sensor>>;

interface Surveyed {
  /** Undefined if survey gave no Map, or never came to its end. */
  readonly outcomes: ReadonlyMap<string, Outcome> | undefined;
  /** What came to the office and was not taken. */
  readonly unread: readonly unknown[];
  readonly crashes: readonly string[];
  /** When the last worker was begun. */
  readonly lastBegunMs: number;
  readonly story: string;
  /** What is wrong whatever the rule; undefined if that is for the rule to say. */
  readonly trouble: string | undefined;
}

/** Answers in `afterMs` milliseconds. */
function reading(afterMs: number, ...readings: string[]): Sensor {
  return function* sensor(self) {
    yield* self.sleep(afterMs);
    return readings;
  };
}

const KILLED_AT_MS = 20;
/** When the mailbox is looked at: long after everything has happened. */
const LOOKED_AT_MS = 1_000;

/** Never answers; its worker is killed after a while. */
const stuck: Sensor = function* stuck(self) {
  const victim: Pid = self.pid;
  self.spawn(function* impatient(me: Self<never>): Process {
    yield* me.sleep(KILLED_AT_MS);
    me.sendExit(victim, "kill");
  });
  return yield* self.receive();
};

/** Lets an office survey a house. That may end badly: it is a result too. */
function surveyed(house: House, seed = 0): Surveyed {
  let gave: unknown = "did not end";
  let officePid: Pid | undefined;
  let unread: readonly unknown[] = [];
  const look = () => {
    unread = (officePid && processInfo(officePid)?.messages) ?? [];
  };
  const body = function* office(self: Office): Process {
    officePid = self.pid;
    gave = yield* survey(self, new Map(Object.entries(house)));
    yield* self.sleep(LOOKED_AT_MS);
    look();
  };
  const root = function* main(self: Self<DownMessage>): Process {
    self.spawnMonitor(body);
    yield* self.receive({ DOWN: () => {} });
  };
  const { trace, reports } = trial(root, { seed, maxReductions: 5_000 });
  if (gave === "did not end") look();
  const crashes = reports.flatMap((report) =>
    report.kind === "crash" ? [format(report.reason)] : [],
  );
  // Without the process that looks on, and without the wait for a look.
  const onlooker = trace[0]?.kind === "spawn" ? trace[0].pid : undefined;
  const events = trace.filter(
    (event) =>
      event.kind === "spawn" ||
      (event.atMs < LOOKED_AT_MS &&
        !("pid" in event && event.pid === onlooker)),
  );
  const left = unread.map((message) => `\n  left over: ${format(message)}`);
  const outcomes = gave instanceof Map ? gave : undefined;
  const trouble =
    wrongSend(events, officePid, house) ??
    (outcomes
      ? wrongOutcome(outcomes, house)
      : noOutcomes(gave, unread, events, officePid));
  const lastBegun = events.findLast(
    (event) => event.kind === "spawn" && event.parent === officePid,
  );
  const story = exchange(events) + left.join("");
  const lastBegunMs = lastBegun?.atMs ?? 0;
  return { outcomes, unread, crashes, lastBegunMs, story, trouble };
}

/** What a worker has sent, if it is not what workers send. */
function wrongSend(
  events: Run["trace"],
  office: Pid | undefined,
  house: House,
): string | undefined {
  for (const event of events) {
    if (event.kind !== "send" || event.from === office) continue;
    const { to, message } = event;
    const [tag, room] = Array.isArray(message) ? message : [];
    const isRoom = typeof room === "string" && room in house;
    if (tag !== "average" || !isRoom) {
      return `A worker has sent ${format(message)}. All that it sends is ["average", room, degrees], the tag first; that it has crashed is told by the runtime.`;
    }
    if (to !== office) {
      return `An average was sent to ${to}, which is not the office. A worker is told the office's address.`;
    }
  }
  return undefined;
}

/** Why there is no Map of outcomes. */
function noOutcomes(
  gave: unknown,
  unread: readonly unknown[],
  events: Run["trace"],
  office: Pid | undefined,
): string {
  if (gave !== "did not end") {
    return `survey has ended, and what it gave is ${format(gave)}. It gives the Map of the outcomes. Is its return still there?`;
  }
  if (
    !events.some((event) => event.kind === "spawn" && event.parent === office)
  ) {
    return "The office has begun no worker. A worker is a process of its own, which is spawned; a body that is run with yield* runs in the process that runs it.";
  }
  for (const event of events) {
    if (event.kind === "exit-signal" && event.to === office) {
      if (event.reason === "normal") continue;
      return "The office has died together with a worker, for that is what a link does. A monitor tells of every end and hurts nobody.";
    }
    if (event.kind === "exit" && event.pid === office) {
      return `The office itself has ended, with ${format(event.reason)}. Look at what survey does besides waiting.`;
    }
  }
  const [first] = unread;
  if (first !== undefined) {
    return `The survey has no end: it waits, and ${format(first)} lies in the mailbox. A clause takes the messages whose tag is its name, letter for letter. A monitor tells of an end with DOWN, a link with EXIT.`;
  }
  return events.some((event) => event.kind === "down")
    ? 'The survey has no end: every DOWN was taken, and it still waits. What would end its loop? For each worker there comes one DOWN, and no average if it has crashed. The fields of a clause are those behind the tag: ref, "process", pid, reason. spawnMonitor gives [pid, ref], and it is the ref by which a DOWN is recognised.'
    : "The survey has no end: it waits for a worker that will never say anything, and nobody tells it so. A monitor tells of every end and hurts nobody.";
}

/** An entry of the Map that cannot be right in any house. */
function wrongOutcome(
  outcomes: ReadonlyMap<unknown, unknown>,
  house: House,
): string | undefined {
  for (const [room, outcome] of outcomes) {
    if (typeof room !== "string" || !(room in house)) {
      return `There is no room ${format(room)}. An outcome is told by the name of its room. The fields of a clause are those behind the tag, in their order: of an average room and degrees, of a DOWN ref, "process", pid and reason. Which room a ref belongs to is known since spawnMonitor gave [pid, ref].`;
    }
    if (typeof outcome === "number") continue;
    const [tag, reason, ...rest] = Array.isArray(outcome) ? outcome : [];
    if (tag !== "crashed" || rest.length > 0) {
      return `The outcome ${format(outcome)} is neither a number nor ["crashed", reason], with the tag first.`;
    }
    const isReason = typeof reason === "string" || reason instanceof Error;
    if (!isReason || reason === "process") {
      return `${format(reason)} is no exit reason. The fields of the clause DOWN are those behind the tag, in their order: ref, "process", pid, reason.`;
    }
  }
  return undefined;
}

/** What a failing check says: the rule, what happened, and where to look. */
function says(rule: string, done: Surveyed, look: string): string {
  const gave = done.outcomes
    ? [...done.outcomes].map((entry) => `  ${entry[0]}: ${format(entry[1])}`)
    : ["  no outcomes"];
  return `${rule}\n\nWhat happened:\n${done.story}\n\nsurvey gave\n${gave.join("\n") || "  an empty Map"}\n\n${done.trouble ?? look}\n\nIn short`;
}

/** Why a room that can be read has no average. */
function notRead({ unread, crashes, outcomes }: Surveyed): string {
  const [crash] = crashes;
  if (crash !== undefined) {
    return `A worker has crashed although its room can be read: ${crash}. A sensor is called with the worker's self, and yield* runs it: it may wait before it gives its readings.`;
  }
  const [first] = unread;
  if (first !== undefined) {
    return `survey has ended, and ${format(first)} was not taken. Either there is no clause for it, or survey did not wait long enough: every worker ends, and every end has to be waited for.`;
  }
  const [outcome] = outcomes?.values() ?? [];
  return outcome === undefined
    ? "Nothing is told of a room that was read. Does its worker send its average to the office, and does the clause that takes it put it among the outcomes?"
    : 'Every process ends, and a monitor tells of every end. A DOWN with the reason "normal" says that a worker is done, and its average has arrived before it. Look at the reason.';
}

const OTHER_ROOM =
  "A crash is told of another room than it happened in. Processes end when they end, not in the order of their start, and a DOWN names the one that has ended: by its pid, and by the reference of the monitor. Remember whose it is.";

test("rooms that can be read have their averages", () => {
  for (let seed = 0; seed < 10; seed++) {
    const done = surveyed(
      { hall: reading(5, "18", "20"), kitchen: reading(1, "22") },
      seed,
    );
    expect(
      [done.outcomes?.get("hall"), done.outcomes?.get("kitchen")],
      says(
        "Two rooms with good sensors have their averages.",
        done,
        notRead(done),
      ),
    ).toEqual([19, 22]);
  }
});

test("a room with nonsense is told as crashed, and its worker has crashed", () => {
  const done = surveyed({ hall: reading(1, "18", "warm") });
  const outcome = done.outcomes?.get("hall");
  const rule =
    'A sensor says "warm". The room is told as ["crashed", reason], and the reason is the error of its worker.';
  expect(
    Array.isArray(outcome) ? outcome[0] : format(outcome),
    says(
      rule,
      done,
      outcome === undefined
        ? "Nothing is told of the hall. That its worker has ended is told by a DOWN, and so is why; that is the outcome of the hall."
        : "A number is told for a room that nobody could read. Whoever reads the report cannot tell it from a true one. Look at who makes that number up, and why it may.",
    ),
  ).toBe("crashed");
  expect(
    format(outcome),
    says(
      rule,
      done,
      "The reason is told as something else than it was. An exit reason is a value: whoever gets the Error has its kind and its stack, and can make a text of it when one is needed.",
    ),
  ).toBe('["crashed", Error: "warm" is no number]');
  expect(
    done.crashes,
    says(
      `${rule} And the worker ends with it, so that it is reported.`,
      done,
      "The worker caught its error. Then it ended normally, as if nothing had been wrong, or by an exit, as if it had wanted to; neither is reported. It cannot tell of everything that may end it, and it does not have to. Whoever watches is told by the runtime. Catch nothing in the worker.",
    ),
  ).toEqual(['Error: "warm" is no number']);
});

test("the other rooms are read, whatever happens in one", () => {
  const done = surveyed({
    attic: reading(9, "10"),
    hall: reading(1, "warm"),
    kitchen: reading(5, "22"),
  });
  expect(
    [done.outcomes?.get("attic"), done.outcomes?.get("kitchen")],
    says(
      "The hall crashes first. The attic and the kitchen are read all the same.",
      done,
      "A crash is one process's trouble. The other workers have not noticed it and send their averages; somebody has to wait for them.",
    ),
  ).toEqual([10, 22]);
});

test("no room waits for another", () => {
  const done = surveyed({
    attic: reading(9, "10"),
    hall: reading(9, "warm"),
    kitchen: reading(9, "22"),
  });
  expect(
    done.lastBegunMs,
    says(
      "Three rooms take 9 ms each, and all of them are begun at 0 ms.",
      done,
      "The last room was begun when another had been read. A sensor that never answers would keep all that stand behind it waiting. Begin every worker first, and then wait for whichever is done.",
    ),
  ).toBe(0);
});

test("a worker that is killed counts as crashed", () => {
  const done = surveyed({ hall: stuck, kitchen: reading(1, "22") });
  expect(
    format(done.outcomes?.get("hall")),
    says(
      'A worker that waits for its sensor is killed. The hall is told as ["crashed", "killed"].',
      done,
      done.outcomes?.get("kitchen") !== 22
        ? OTHER_ROOM
        : 'A process may end badly without any error: it is killed, it exits, it is told to shut down. Whatever is not "normal" means that the work was not done.',
    ),
  ).toBe('["crashed", "killed"]');
});

test("a crash is told of the room in which it happened", () => {
  const done = surveyed({
    attic: reading(9, "icy"),
    hall: stuck,
    kitchen: reading(5, "22"),
    study: reading(1, "warm"),
  });
  const outcomes = ["attic", "hall", "kitchen", "study"].map((room) =>
    format(done.outcomes?.get(room)),
  );
  expect(
    outcomes,
    says(
      "The study crashes first, then the attic, and at last the hall is killed.",
      done,
      OTHER_ROOM,
    ),
  ).toEqual([
    '["crashed", Error: "icy" is no number]',
    '["crashed", "killed"]',
    "22",
    '["crashed", Error: "warm" is no number]',
  ]);
});

test("the office is left with nothing in its mailbox", () => {
  for (let seed = 0; seed < 10; seed++) {
    const done = surveyed(
      { hall: reading(1, "warm"), kitchen: reading(5, "22") },
      seed,
    );
    expect(
      format(done.unread),
      says(
        "A second after the survey there is no message of it in the office's mailbox.",
        done,
        "Something came that survey had asked for and did not wait for. A worker that is done sends its average and then ends, and its monitor tells of that too; so does a link, if exits are trapped. Every message that is not taken stays. Wait for the end of each worker, or take the monitor away with what it has sent.",
      ),
    ).toBe("[]");
  }
});
