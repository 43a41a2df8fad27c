import { expect, test } from "vitest";
import {
  after,
  type DownMessage,
  format,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import {
  exchange,
  type Run,
  SimulationError,
  simulate,
} from "#runtime/testing";
import {
  type Outcome,
  type Sensor,
  survey,
  type ToOffice,
} from "./exercise.ts";

type Office = Self<ToOffice | DownMessage>;
type House = Readonly<Record<string, Sensor>>;

interface Surveyed {
  /** Undefined if survey never came to its end. */
  readonly outcomes: ReadonlyMap<string, Outcome> | undefined;
  readonly mailbox: readonly unknown[];
  readonly crashes: readonly string[];
  readonly story: string;
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
  let outcomes: ReadonlyMap<string, Outcome> | undefined;
  const mailbox: unknown[] = [];
  const body = function* office(self: Office): Process {
    outcomes = yield* survey(self, new Map(Object.entries(house)));
    yield* self.sleep(LOOKED_AT_MS);
    const take = (...rest: unknown[]) => void mailbox.push(rest);
    let isEmpty = false;
    while (!isEmpty) {
      yield* self.receive(
        {
          average: (...fields) => take("average", ...fields),
          DOWN: (...fields) => take("DOWN", ...fields),
        },
        after(0, () => {
          isEmpty = true;
        }),
      );
    }
  };
  const told = ({ trace, reports }: Run): Surveyed => {
    const crashes = reports.flatMap((report) =>
      report.kind === "crash" ? [format(report.reason)] : [],
    );
    // Without the process that looks on, and without our look at the mailbox.
    const root = trace[0]?.kind === "spawn" ? trace[0].pid : undefined;
    const events = trace.filter(
      (event) =>
        event.kind === "spawn" ||
        (event.atMs < LOOKED_AT_MS && !("pid" in event && event.pid === root)),
    );
    const left = mailbox.map((message) => `\n  left over: ${format(message)}`);
    const story = exchange(events) + left.join("");
    return { outcomes, mailbox, crashes, story };
  };
  const root = function* main(self: Self<DownMessage>): Process {
    self.spawnMonitor(body);
    yield* self.receive({ DOWN: () => {} });
  };
  try {
    return told(simulate(root, { seed, maxReductions: 5_000 }));
  } catch (error) {
    if (error instanceof SimulationError) return told(error.run);
    throw error;
  }
}

/** What a failing check says: the rule, what happened, and where to look. */
function says(rule: string, done: Surveyed, look: string): string {
  const gave = done.outcomes
    ? [...done.outcomes].map((entry) => `  ${entry[0]}: ${format(entry[1])}`)
    : ["  nothing: it did not come to its end"];
  return `${rule}\n\nWhat happened:\n${done.story}\n\nsurvey gave\n${gave.join("\n")}\n\n${look}\n\nIn short`;
}

const UNENDED =
  "The survey has no end. Either the office has died together with a worker, for that is what a link does; or it waits for a worker that will never say anything. A monitor tells of every end and hurts nobody.";

const lookFor = (done: Surveyed, look: string) =>
  done.outcomes === undefined ? UNENDED : look;

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
        lookFor(
          done,
          'Every process ends, and a monitor tells of every end. A DOWN with the reason "normal" says that a worker is done, and its average has arrived before it. Look at the reason.',
        ),
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
      lookFor(
        done,
        "A number is told for a room that nobody could read. Whoever reads the report cannot tell it from a true one. Look at who makes that number up, and why it may.",
      ),
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
      "The worker caught its error and ended normally, as if nothing had been wrong: it tells of the error itself. It cannot tell of everything that may end it, and it does not have to. Whoever watches is told by the runtime. Catch nothing in the worker.",
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
      lookFor(
        done,
        "A crash is one process's trouble. The other workers have not noticed it and send their averages; somebody has to wait for them.",
      ),
    ),
  ).toEqual([10, 22]);
});

test("a worker that is killed counts as crashed", () => {
  const done = surveyed({ hall: stuck, kitchen: reading(1, "22") });
  expect(
    format(done.outcomes?.get("hall")),
    says(
      'A worker that waits for its sensor is killed. The hall is told as ["crashed", "killed"].',
      done,
      lookFor(
        done,
        'A process may end badly without any error: it is killed, it exits, it is told to shut down. Whatever is not "normal" means that the work was not done.',
      ),
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
      lookFor(
        done,
        "A crash is told of another room than it happened in. Processes end when they end, not in the order of their start, and a DOWN names the one that has ended: by its pid, and by the reference of the monitor. Remember whose it is.",
      ),
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
      format(done.mailbox.map((message) => (message as unknown[])[0])),
      says(
        "A second after the survey there is no message of it in the office's mailbox.",
        done,
        lookFor(
          done,
          "Something came that survey had asked for and did not wait for. A worker that is done sends its average and then ends, and its monitor tells of that too. Every message that is not taken stays. Wait for the end of each worker, or take the monitor away with what it has sent.",
        ),
      ),
    ).toBe("[]");
  }
});
