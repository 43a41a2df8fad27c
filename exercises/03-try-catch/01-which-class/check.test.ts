import { expect, test } from "vitest";
import { Exit, format, type Self } from "#runtime";
import { simulate } from "#runtime/testing";
import { type Verdict, verdict } from "./exercise.ts";

type Job = (self: Self<never>) => unknown;

/** What verdict says; or that something came out of it, which is wrong. */
type Said = Verdict | readonly [how: "came out of verdict", what: unknown];

/** Lets a process do `job` under the eyes of `verdict`. */
function say(job: Job): Said {
  let said: Said = ["came out of verdict", "nothing at all"];
  simulate(
    function* worker(self: Self<never>) {
      yield* self.yield();
      try {
        said = verdict(() => job(self));
      } catch (caught) {
        said = ["came out of verdict", caught];
      }
    },
    { seed: 0 },
  );
  return said;
}

function throwing(value: unknown): Job {
  return () => {
    throw value;
  };
}

/** What a failing check says: the rule, what happened, and where to look. */
function says(rule: string, did: string, said: Said, look: string): string {
  return `${rule}\n\nWhat happened:\n  the job ${did}\n  verdict said ${format(said)}\n\n${look}\n\nIn short`;
}

test("a return is done, whatever it gives", () => {
  const rule = "A job that returns is done, and its value is told as it is.";
  const fortyTwo = say(() => 42);
  expect(
    fortyTwo,
    says(rule, "returned 42", fortyTwo, "Look at the end of the try."),
  ).toEqual(["done", 42]);
  for (const value of [new Error("found in a log"), new Exit("kept")]) {
    const said = say(() => value);
    expect(
      said,
      says(
        rule,
        `returned ${format(value)}`,
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
    const said = say(throwing(error));
    expect(
      said,
      says(
        rule,
        `threw ${format(error)}`,
        said,
        "Look at what is told. The text of an error is its `message`; `String(error)` puts the name of its kind before it.",
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
      "Not everything that is thrown is an error. Somebody who throws a text or a tuple answers the caller in an unusual way; nothing is broken. Ask for the class of what was caught.",
    ],
    [
      ["lost_connection", "cable cut"],
      "A tuple is thrown like anything else, and it is no Error. Is it told as it was, and not made into a text?",
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
    const said = say(throwing(value));
    expect(said, says(rule, `threw ${format(value)}`, said, look)).toEqual([
      "refused",
      value,
    ]);
  }
});

test("an exit is leaving, with its bare reason", () => {
  const rule =
    'self.exit(reason) is of class "exit": the job leaves, and the reason is told, whatever it is.';
  const looks: [reason: unknown, look: string][] = [
    [
      ["shutdown", "closing time"],
      "What is caught is an Exit, which carries the reason. It is neither the reason nor an error. Look at what it holds.",
    ],
    [
      "normal",
      'An exit with "normal" looks to other processes like being done. But here the job has not returned: the rest of it was skipped, and there is no value. Ask how it ended, not with what.',
    ],
  ];
  for (const [reason, look] of looks) {
    const said = say((self) => self.exit(reason));
    expect(
      said,
      says(rule, `called self.exit(${format(reason)})`, said, look),
    ).toEqual(["left", reason]);
  }
});
