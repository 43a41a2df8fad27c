import { expect, test } from "vitest";
import {
  type DownMessage,
  format,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import { exchange, trial } from "#runtime/testing";
import { type Job, worker } from "./exercise.ts";

/** How a worker ended, as seen from outside. */
interface End {
  readonly did: string;
  /** Whose self the job was given, each time that it was called. */
  readonly runs: readonly ("its own" | "none" | "another")[];
  readonly reason: unknown;
  readonly reported: "nothing" | "a crash";
  readonly story: string;
}

/** Gives `job` to a worker, and watches. */
function endOf(did: string, job: Job): End {
  let reason: unknown = "it did not end";
  const runs: End["runs"][number][] = [];
  let pid: Pid | undefined;
  const watched: Job = (self: Self<never> | undefined) => {
    runs.push(self?.pid === pid ? "its own" : self ? "another" : "none");
    job(self as Self<never>);
  };
  const body = function* watcher(self: Self<DownMessage>): Process {
    [pid] = self.spawnMonitor(worker, watched);
    reason = yield* self.receive({ DOWN: (_ref, _type, _pid, why) => why });
  };
  const { trace, reports } = trial(body, { seed: 0, maxReductions: 1_000 });
  const reported = reports.length > 0 ? "a crash" : "nothing";
  return { did, runs, reason, reported, story: exchange(trace) };
}

function throwing(value: unknown): End {
  return endOf(`throws ${format(value)}`, () => {
    throw value;
  });
}

/** What a failing check says: the rule, what happened, and where to look. */
function says(rule: string, end: End, look: string): string {
  return `${rule}\n\nWhat happened, when the job ${end.did}:\n${end.story}\n  Reported: ${end.reported}.\n\n${look}\n\nIn short`;
}

/** What it means that a worker ended normally, and should not have. */
const SWALLOWED =
  "The worker ended as if nothing had happened. What is caught and not thrown again is gone; and a return, in the catch or in a finally, ends a body normally, whatever it gives.";

/** Why the worker did not end as it should when a job has said its word. */
function undecided({ reason }: End, thrown: unknown, look: string): string {
  const [word, value] = Array.isArray(reason) ? reason : [];
  if (word !== "nocatch") return look;
  return format(value) === format(thrown)
    ? "The worker has let it through, like something that it does not know. Is it compared with the word of the jobs letter for letter? In a tuple that is the first field; two tuples are never the same. And does the worker end as soon as it has recognised it?"
    : "What a process throws is not its reason: thrown and not caught, a value arrives behind the word nocatch, as a crash. A decision is an exit, or the end of the body.";
}

test("a job that returns ends its worker normally", () => {
  const end = endOf("returns", () => {});
  expect(
    end.runs,
    says(
      "A worker does its job itself, once.",
      end,
      end.runs.length === 0
        ? "The job was not called. A function that is only named is not run."
        : "A job is a function that is called once, with the self of its worker. In a process of its own it would end that one, and the worker would never hear of it.",
    ),
  ).toEqual(["its own"]);
  expect(
    end.reason,
    says(
      "A worker whose job returns has nothing left to do.",
      end,
      "A body that ends by itself ends normally. Nothing has to be said for that.",
    ),
  ).toBe("normal");
});

test("a job with no more work ends its worker normally", () => {
  const end = throwing("no_more_work");
  expect(
    [end.reason, end.reported],
    says(
      'A job throws "no_more_work" to its worker, which understands it and is done.',
      end,
      undecided(
        end,
        "no_more_work",
        'Others know "normal", and that everything else means trouble: what is linked to the worker would die of this reason. The word of the jobs stays inside. To be done, let the body end.',
      ),
    ),
  ).toEqual(["normal", "nothing"]);
});

test("a job that gives up ends its worker with shutdown and why", () => {
  const why = "the printer is out of paper";
  const thrown = ["give_up", why];
  const end = throwing(thrown);
  expect(
    [end.reason, end.reported],
    says(
      'A job throws ["give_up", why]. Its worker decides to end, with ["shutdown", why].',
      end,
      undecided(
        end,
        thrown,
        end.reason === "normal"
          ? `${SWALLOWED} To end with a reason, exit with it.`
          : 'self.exit takes one reason, and here it is a tuple of two: "shutdown" first, and then what the job has said, without the word of the jobs and with nothing around it.',
      ),
    ),
  ).toEqual([["shutdown", why], "nothing"]);
});

const isDecision = (reason: unknown) =>
  reason === "normal" || (Array.isArray(reason) && reason[0] === "shutdown");

test("a value that nobody expects is seen as nocatch, and reported", () => {
  for (const value of ["ball", ["timed_out", 3], "give_up", undefined]) {
    const rule = `A job throws ${format(value)}, and nobody is there to catch it. A monitor sees it behind "nocatch".`;
    const end = throwing(value);
    expect(
      end.reason,
      says(
        rule,
        end,
        isDecision(end.reason)
          ? "This was taken for a word of the jobs, or for nothing at all. There are two such words; to be a text, or a tuple, does not make a value one of them. Compare the word itself, and throw again whatever else was caught."
          : 'The runtime puts "nocatch" before a value when nobody catches it. Whoever says it too gets it twice, and whoever exits with another word hides the value, as an Error about it does. Let it go on as it was.',
      ),
    ).toEqual(["nocatch", value]);
    expect(
      end.reported,
      says(
        `${rule} And it is a crash, so it is reported.`,
        end,
        "The reason looks right, and yet nobody has read of it: an exit is a decision and is not reported, whatever its reason. This worker has not decided anything. It has crashed. Throw what was thrown.",
      ),
    ).toBe("a crash");
  }
});

test("an error is seen as itself, and reported", () => {
  const rule =
    "An Error in a job is a mistake in the program. A monitor sees this very Error, with the stack in it.";
  const error = new RangeError("no such field");
  const end = throwing(error);
  expect(
    end.reason,
    says(
      rule,
      end,
      end.reason === "normal"
        ? SWALLOWED
        : "It is not the Error that was thrown. The place where it happened and its kind were in that one; a text about it has neither. An error needs no help on its way out.",
    ),
  ).toBe(error);
  expect(
    end.reported,
    says(
      `${rule} And it is reported.`,
      end,
      "The Error arrived as the reason of an exit. An exit is not reported: the process seems to have wanted it. Nobody reads of a mistake that is dressed as a decision. Throw it.",
    ),
  ).toBe("a crash");
});

test("an exit is seen with its own reason", () => {
  const rule = "A job that exits ends its worker, with the reason it gave.";
  for (const reason of [
    "bye",
    "normal",
    ["shutdown", "closing time"],
    "no_more_work",
  ]) {
    const end = endOf(`exits with ${format(reason)}`, (self) =>
      self.exit(reason),
    );
    expect(
      [end.reason, end.reported],
      says(
        rule,
        end,
        reason === "no_more_work"
          ? "The jobs have agreed on what is thrown. The same word as the reason of an exit is a reason like any other. It is the class that tells the two apart."
          : "An Exit is caught by every catch, and has to be thrown again as it is. Its reason alone, thrown, is of class throw: a value that nobody catches.",
      ),
    ).toEqual([reason, "nothing"]);
  }
});
