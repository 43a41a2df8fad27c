import { expect, test } from "vitest";
import {
  type Application,
  application,
  format,
  formatReport,
  observe,
  type Pid,
  type Report,
  type Self,
  type Step,
} from "#runtime";
import { errorIn, SimulationError, simulate } from "#runtime/testing";
import { shop } from "./exercise.ts";

interface Day {
  /** What the shop told, and what the scene noted. */
  readonly lines: string[];
  /** What the shop told. */
  readonly told: readonly string[];
  /** What went wrong whatever the scene is about, in words. */
  readonly fault: string | undefined;
  readonly reports: readonly string[];
}

type Scene = (self: Self<never>, lines: Lines) => Step<void>;
interface Lines {
  readonly all: string[];
  readonly told: string[];
}

/** Opens a shop, plays a scene in it, and listens. */
function day(scene: Scene): Day {
  const lines: Lines = { all: [], told: [] };
  let reports: readonly Report[] = [];
  let answer: unknown = "nothing: it never came back";
  try {
    const run = simulate(
      function* main(self: Self<never>) {
        answer = yield* open(self, lines);
        lines.all.push(`start: ${word(answer)}`);
        yield* self.sleep(10);
        yield* scene(self, lines);
      },
      { seed: 0, maxReductions: 20_000 },
    );
    reports = run.reports;
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    reports = error.run.reports;
    lines.all.push(`and then: ${String(error).split("\n")[0]}`);
  }
  // The runtime gives it on as a value; thrown, it is told with its place.
  const thrown = errorIn(answer);
  if (thrown) throw thrown;
  const inShort = reports.map((it) => formatReport(it).split("\n")[0] ?? "");
  const fault = faultIn(lines, answer);
  return { lines: lines.all, told: lines.told, fault, reports: inShort };
}

function faultIn({ all, told }: Lines, answer: unknown): string | undefined {
  if (answer !== "ok")
    return `The shop never opened; application.start gave ${word(answer)}. The start of an application gives what supervisor.startLink gives. The start of a child starts a process, comes back at once, and answers ["ok", pid].`;
  if (all.includes(NOT_STOPPED))
    return 'Nobody could stop it: no application with the name "shop" runs.';
  const odd = told.find((it) => !/^(counted|closed)/.test(it));
  if (odd !== undefined)
    return `The shop told "${odd}". Its words are "counted" and "closed", to the letter.`;
  if (told[0] === "closed" && all[0] === "closed")
    return '"closed" was told before the shop was open: `tell` was called while the shop was made. A callback is a function that calls it later.';
  return undefined;
}

const NOT_STOPPED = 'stop: ["error", ["not_started", "shop"]]';
const NAMES = ["till", "bell"];

/** Starts the shop; what it tells is a line. */
function* open(self: Self<never>, { all, told }: Lines): Step<unknown> {
  const made: unknown = shop((line) => {
    const isEarly = line === "closed" && self.whereis("till");
    const said = isEarly ? "closed, with the till still there" : line;
    told.push(said);
    all.push(said);
  });
  if (made === undefined) return "nothing, for shop(tell) gave nothing back";
  return yield* application.start(self, made as Application);
}

const word = (answer: unknown) =>
  typeof answer === "string" ? answer : format(answer);

/** Stops the shop, and looks at once for what is left of it. */
function* close(self: Self<never>, { all: lines }: Lines): Step<void> {
  lines.push(`stop: ${word(yield* application.stop(self, "shop"))}`);
  const names = NAMES.filter((it) => self.whereis(it));
  const left = observe(self).processes.filter(({ pid }) => pid !== self.pid);
  lines.push(
    `names left: ${names.join(", ") || "none"}; processes left: ${left.length}`,
  );
}

function says(rule: string, day: Day, look: string): string {
  const { lines, reports, fault } = day;
  const reported = reports.map((line) => `  reported: ${line}`);
  const story = [...lines.map((line) => `  ${line}`), ...reported].join("\n");
  return `${rule}\n\nWhat happened:\n${story}\n\n${fault ?? look}\n\nIn short`;
}

test("a shop that is stopped leaves neither names nor processes behind", () => {
  const outcome = day(close);
  expect(
    outcome.lines.filter((it) => /^(start|names)/.test(it)).join("; "),
    says(
      "After the stop the names till and bell are free, and all processes of the shop are gone.",
      outcome,
      "Stopping an application stops its tree. What hangs from no supervisor is not in the tree, and is not waited for. A link does not put it there: the process that calls start ends normally, and a normal end takes nobody along. Nor does a signal that is sent and not waited for.",
    ),
  ).toBe("start: ok; names left: none; processes left: 0");
});

test("the shop is closed once, when everything in it has ended", () => {
  const outcome = day(close);
  const { told } = outcome;
  expect(
    told.join(", "),
    says(
      "The till counts, and then the shop tells that it is closed, once.",
      outcome,
      told.includes("counted")
        ? !told.some((it) => it.startsWith("closed"))
          ? 'Nobody told "closed", or whoever did threw. An application has two callbacks for last words, prepStop and stop: functions, with these names.'
          : "There are two places for last words. prepStop is called before the tree is stopped, stop when the tree is gone. Which of them can say that all is over?"
        : "The till has not counted first. It traps exits and needs a moment, and what may take a moment must not be killed at once. Look at how long it has to stop.",
    ),
  ).toBe("counted, closed");
});

test("a bell that breaks is there again", () => {
  const outcome = day(function* (self, { all: lines }) {
    const before = self.whereis("bell");
    if (before) self.sendExit(before as Pid, "broken");
    yield* self.sleep(10);
    const now = self.whereis("bell");
    lines.push(now && now !== before ? "a new bell" : "no new bell");
  });
  expect(
    outcome.lines.at(-1),
    says(
      "When the bell breaks while the shop is open, there is a new one.",
      outcome,
      "Nobody started it again. Somebody who is only spawned belongs to nobody; tidying up behind it by hand is half of a supervisor's work. Let the supervisor do both halves. It hears of the end of those who are linked to it, so a child is linked to the `self` that its start is given.",
    ),
  ).toBe("a new bell");
});

test("a shop that gives up is closed, too, and can be opened again", () => {
  const outcome = day(function* (self, lines) {
    const isOpen = () => application.whichApplications(self).length > 0;
    // A tree of several floors bears more.
    for (let breaks = 0; breaks < 40 && isOpen(); breaks++) {
      const bell = self.whereis("bell");
      if (bell) self.sendExit(bell as Pid, "broken");
      yield* self.sleep(10);
    }
    lines.all.push(`start: ${word(yield* open(self, lines))}`);
  });
  expect(
    outcome.lines.join("; "),
    says(
      "The bell breaks again and again, until the supervisor gives up. The till counts, the shop is closed, and it can be opened again.",
      outcome,
      "Nobody has called application.stop here; the tree has gone by itself. Both callbacks are called, but prepStop finds nobody any more. The last word belongs where nobody has to be there. And nothing may be left that is in the way of the next start. (The supervisor in the stub bears two restarts; leave it at that.)",
    ),
  ).toBe("start: ok; counted; closed; start: ok");
});
