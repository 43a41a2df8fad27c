import { expect, test } from "vitest";
import { Exit, format, type Self } from "#runtime";
import { simulate } from "#runtime/testing";
import { type Verdict, verdict } from "./exercise.ts";

type Job = (self: Self<never>) => unknown;

/** What verdict said about a job, or that it threw instead of saying it. */
interface Said {
  readonly verdict: unknown;
  readonly runs: number;
  readonly story: string;
  /** What is wrong with it as such, whatever the job was. */
  readonly trouble: string | undefined;
}

/** Lets a process do `job` under the eyes of `verdict`. */
function say(did: string, job: Job): Said {
  let runs = 0;
  let verdictOn: Verdict | undefined;
  let threw: { what: unknown } | undefined;
  let isVerdicts = false;
  simulate(
    function* worker(self: Self<never>) {
      yield* self.yield();
      let thrown: { what: unknown } | undefined;
      const watched = () => {
        runs++;
        try {
          return job(self);
        } catch (what) {
          thrown = { what };
          throw what;
        }
      };
      try {
        verdictOn = verdict(watched);
      } catch (what) {
        threw = { what };
        isVerdicts = thrown?.what !== what;
      }
    },
    { seed: 0 },
  );
  const story = `  the job ${did}\n  verdict ${threw ? `threw ${format(threw.what)}` : `said ${format(verdictOn)}`}`;
  let trouble: string | undefined;
  if (isVerdicts) {
    trouble = `This was not thrown by the job: verdict made a mistake of its own, ${format(threw?.what)}. Is every name that it uses imported, and not only as a type? And does it ask what was caught for something that not everything has? Even undefined can be thrown.`;
  } else if (threw) {
    trouble =
      "What the job threw came out of verdict. Whoever asks for a verdict wants to be told, whatever the job did: a catch that throws again tells nothing, and what is thrown outside of the try is not caught.";
  } else trouble = misshapen(verdictOn);
  return { verdict: threw ? "none" : verdictOn, runs, story, trouble };
}

const TAGS: readonly unknown[] = ["done", "refused", "broken", "left"];

/** Why this is no verdict, be it right or wrong; undefined if it is one. */
function misshapen(verdict: unknown): string | undefined {
  if (verdict === undefined) {
    return 'verdict gave nothing. Is a `return` forgotten, or does none of its cases fit what was caught? The classes are "throw", "error" and "exit".';
  }
  if (/^a (called body|promise)$/.test(format(verdict))) {
    return "That is not a verdict yet, but something that would give one later. A job runs in one go, and so does verdict: it is a plain function, without a star and without async.";
  }
  const isPair = Array.isArray(verdict) && verdict.length === 2;
  if (isPair && TAGS.includes(verdict[0])) return undefined;
  return 'This is none of the four verdicts. A verdict is a tuple of two: first the tag, which is "done", "refused", "broken" or "left", letter for letter, and then what belongs to it.';
}

function throwing(value: unknown): Job {
  return () => {
    throw value;
  };
}

/** What a failing check says: the rule, what happened, and where to look. */
function says(rule: string, said: Said, look: string): string {
  return `${rule}\n\nWhat happened:\n${said.story}\n\n${said.trouble ?? look}\n\nIn short`;
}

test("a return is done, whatever it gives", () => {
  const rule = "A job that returns is done, and its value is told as it is.";
  const fortyTwo = say("returned 42", () => 42);
  expect(
    fortyTwo.verdict,
    says(
      rule,
      fortyTwo,
      fortyTwo.runs === 0
        ? "The job was not run. `job` is the function; `job()` is what it gives."
        : "The job has returned, and its value is 42. Look at the end of the try.",
    ),
  ).toEqual(["done", 42]);
  expect(
    fortyTwo.runs,
    says(
      "A job is run once.",
      fortyTwo,
      "verdict did not call it just once. Whatever a job does, it does again whenever it is called: keep what it gave.",
    ),
  ).toBe(1);
  for (const value of [new Error("found in a log"), new Exit("kept")]) {
    const said = say(`returned ${format(value)}`, () => value);
    expect(
      said.verdict,
      says(
        rule,
        said,
        "The job has given an exception as a value, without throwing it: perhaps it reads a log. What a value is does not say how it came. Only what arrives in the catch was thrown.",
      ),
    ).toEqual(["done", value]);
  }
});

test("an error is broken, with its message", () => {
  const rule =
    'An Error of any kind is of class "error": the job is broken, and the message of the error is told.';
  for (const error of [new Error("no such shelf"), new RangeError("too far")]) {
    const said = say(`threw ${format(error)}`, throwing(error));
    expect(
      said.verdict,
      says(
        rule,
        said,
        Array.isArray(said.verdict) && said.verdict[0] === "broken"
          ? "Look at what is told. The text of an error is its `message`; `String(error)` puts the name of its kind before it."
          : "A job that throws an Error is broken. Every kind of Error is one: RangeError, TypeError, whatever its name. Is it asked in the right order, and of what was caught?",
      ),
    ).toEqual(["broken", error.message]);
  }
});

test("a throw is a refusal, whatever was thrown", () => {
  const rule =
    'Whatever is neither an Error nor an Exit is of class "throw": the job refuses, and what it threw is told as it is.';
  const looks: [value: unknown, look: string][] = [
    [
      "no stock",
      "Not everything that is thrown is an error. Somebody who throws a text or a tuple answers the caller in an unusual way; nothing is broken. Ask for the class of what was caught, and return the verdict that belongs to it.",
    ],
    [
      ["lost_connection", "cable cut"],
      "A tuple is thrown like anything else, and it is neither an Error nor an Exit. Is it told as it was, and not made into a text?",
    ],
    [
      { message: "sold out" },
      "It has a `message`, and it is no Error. What a value looks like does not tell its class; what it is does.",
    ],
    [
      undefined,
      "JavaScript throws even undefined. That there is nothing in what was caught does not mean that nothing was caught: the job did not return.",
    ],
  ];
  for (const [value, look] of looks) {
    const said = say(`threw ${format(value)}`, throwing(value));
    expect(said.verdict, says(rule, said, look)).toEqual(["refused", value]);
  }
});

test("an exit is leaving, with its bare reason", () => {
  const rule =
    'self.exit(reason) is of class "exit": the job leaves, and the reason is told, whatever it is.';
  const looks: [reason: unknown, look: string][] = [
    [
      ["shutdown", "closing time"],
      "What is caught is an Exit, which carries the reason. It is neither the reason nor an error. Look at what it holds, and tell just that: not a text of it, and nothing around it.",
    ],
    [
      "normal",
      'An exit with "normal" looks to other processes like being done. But here the job has not returned: the rest of it was skipped, and there is no value. Ask how it ended, not with what.',
    ],
  ];
  for (const [reason, look] of looks) {
    const said = say(`called self.exit(${format(reason)})`, (self) =>
      self.exit(reason),
    );
    expect(said.verdict, says(rule, said, look)).toEqual(["left", reason]);
  }
});
