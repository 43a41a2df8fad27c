import { expect, test } from "vitest";
import {
  after,
  format,
  isRef,
  type Pid,
  type Process,
  type Self,
  type Step,
} from "#runtime";
import {
  exchange,
  type Run,
  SimulationError,
  simulate,
} from "#runtime/testing";
import { ask, type ToAsker, type ToLibrary } from "./exercise.ts";

type Asker = Self<ToAsker>;
type Library = (self: Self<ToLibrary>) => Process;
type Request = [from: Pid<ToAsker>, reply: ToAsker];

/** How much of a story is told, in events. */
const LONGEST = 24;

interface Visit {
  readonly answers: readonly string[];
  /** What was left in the asker's mailbox, apart from replies. */
  readonly notes: readonly string[];
  readonly requests: readonly ToLibrary[];
  readonly story: string;
  readonly thrown: string | undefined;
}

/** Lets somebody ask `questions`, one after the other, after a `prelude`. */
function visit(
  library: Library,
  questions: readonly string[],
  prelude: (self: Asker, library: Pid<ToLibrary>) => Process,
): Visit {
  const answers: string[] = [];
  const notes: string[] = [];
  const visitor = function* asker(self: Asker, shelf: Pid<ToLibrary>): Process {
    yield* prelude(self, shelf);
    for (const question of questions) {
      answers.push(yield* ask(self, shelf, question));
    }
    for (;;) {
      const note = yield* self.receive({ note: (text) => text }, after(0));
      if (note === undefined) return;
      notes.push(note);
    }
  };
  const body = function* city(self: Self<never>) {
    self.spawn(visitor, self.spawn(library));
    yield* self.sleep(10_000);
  };
  const told = (run: Run): Visit => {
    const { trace } = run;
    const root = trace[0]?.kind === "spawn" ? trace[0].pid : undefined;
    const events = trace.filter(
      (event) =>
        event.kind === "spawn" ||
        event.kind === "send" ||
        ("pid" in event && event.kind !== "timeout" && event.pid !== root),
    );
    const requests = trace.flatMap((event) =>
      event.kind === "send" && (event.message as ToLibrary)[0] === "ask"
        ? [event.message as ToLibrary]
        : [],
    );
    const isLong = events.length > LONGEST;
    const story = exchange(events.slice(0, LONGEST));
    return {
      answers,
      notes,
      requests,
      thrown: thrownIn(run),
      story: isLong ? `${story}\n  … and so on` : story,
    };
  };
  try {
    return told(simulate(body, { seed: 0, maxReductions: 500 }));
  } catch (error) {
    // Busy without end: that too is an answer, and the checks judge it.
    if (error instanceof SimulationError) return told(error.run);
    throw error;
  }
}

const nothingBefore = function* (): Process {};

/** Takes one question; gives whom to reply to, and the reply. */
function* question(self: Self<ToLibrary>): Step<Request> {
  return yield* self.receive({
    ask: (ref, from, text): Request => [
      from,
      ["reply", ref, `answer to ${text}`],
    ],
  });
}

/** A library that answers each question `copies` times. */
function answering(copies: number): Library {
  return function* library(self) {
    for (;;) {
      const [from, reply] = yield* question(self);
      for (let i = 0; i < copies; i++) self.send(from, reply);
    }
  };
}

/** An error that nobody caught comes first: the rest is only its echo. */
function thrownIn({ reports }: Run): string | undefined {
  const [crash] = reports;
  if (crash?.kind !== "crash") return undefined;
  return `${crash.label} did not come that far. It threw, and nobody caught it:\n${format(crash.reason)}`;
}

/** What a failing check says: the rule, the run, and where to look. */
function says(
  rule: string,
  { story, answers, thrown }: Visit,
  look: string,
): string {
  const given = answers.map((answer) => `"${answer}"`).join(", ");
  return `${rule}\n\nWhat happened:\n${story}\n\nask gave: ${given || "nothing"}\n\n${thrown ?? look}\n\nIn short`;
}

const EVERY_REPLY_FITS =
  "It took a reply to another question. A mailbox is one queue for everything: that a reply arrives after you have asked, or is the first one there, does not make it yours. Only the reference in it tells. Compare it with the one that you have sent.";
const NOTHING_GIVEN =
  "No answer was given. A reply with another reference is not an error and not the end: the right one is still to come. Wait for it, without asking again.";

function lookFor({ answers }: Visit): string {
  return answers.length === 0 ? NOTHING_GIVEN : EVERY_REPLY_FITS;
}

test("a question is one request, and its answer is given back", () => {
  const done = visit(answering(1), ["height"], nothingBefore);
  const [request] = done.requests;
  expect(
    [done.requests.length, isRef(request?.[1]), request?.[3]],
    says(
      "One request is sent: a reference, the asker's pid, the question.",
      done,
      "Look at what is sent to the library, and how often.",
    ),
  ).toEqual([1, true, "height"]);
  expect(
    done.answers.join(", "),
    says("The answer to the question is given back.", done, NOTHING_GIVEN),
  ).toBe("answer to height");
});

test("an older reply in the mailbox is not taken for the answer", () => {
  const done = visit(answering(1), ["height"], function* (self, library) {
    // A question that somebody has stopped waiting for; its reply comes anyway.
    self.send(library, ["ask", self.makeRef(), self.pid, "age"]);
    yield* self.sleep(100);
  });
  expect(
    done.requests.filter(([, , , text]) => text === "height").length,
    says(
      "The request is sent once, whatever else is in the mailbox.",
      done,
      "A reply to another question does not mean that this one was lost: its request is under way, and asking again only makes more replies that fit nothing. Waiting again and asking again are two things.",
    ),
  ).toBe(1);
  expect(
    done.answers.join(", "),
    says(
      'The reply to an older question, "age", is already in the mailbox. ask gives the answer to "height".',
      done,
      lookFor(done),
    ),
  ).toBe("answer to height");
});

test("a late reply that comes while it waits is not taken either", () => {
  const slow: Library = function* library(self) {
    const [from, late] = yield* question(self);
    const [, reply] = yield* question(self);
    self.send(from, late);
    yield* self.sleep(100);
    self.send(from, reply);
  };
  const done = visit(slow, ["height"], function* (self, library) {
    self.send(library, ["ask", self.makeRef(), self.pid, "age"]);
  });
  expect(
    done.answers.join(", "),
    says(
      'While ask waits, first the reply to "age" comes and then the one to "height".',
      done,
      done.answers.length === 0
        ? NOTHING_GIVEN
        : `${EVERY_REPLY_FITS} An empty mailbox before asking does not help: what is late comes later.`,
    ),
  ).toBe("answer to height");
});

test("every question has a reference of its own", () => {
  const done = visit(answering(2), ["height", "age"], nothingBefore);
  const look =
    done.requests[0]?.[1] === done.requests[1]?.[1]
      ? "Both questions carry the same reference, so the second copy of the first reply fits the second question too. A reference names one question, not the one who asks; that is what the pid is for. Make a new one for each."
      : lookFor(done);
  expect(
    done.answers.join(", "),
    says(
      "This library sends every reply twice. Each question is given its own answer nevertheless.",
      done,
      look,
    ),
  ).toBe("answer to height, answer to age");
});

test("other mail stays in the mailbox, in its order", () => {
  const noting: Library = function* library(self) {
    const [from, reply] = yield* question(self);
    self.send(from, ["note", "third"]);
    self.send(from, reply);
    self.send(from, ["note", "fourth"]);
  };
  const done = visit(noting, ["height"], function* (self) {
    self.send(self.pid, ["note", "first"]);
    self.send(self.pid, ["note", "second"]);
  });
  expect(
    done.answers.join(", "),
    says("Among other mail the reply is found.", done, NOTHING_GIVEN),
  ).toBe("answer to height");
  expect(
    format(done.notes),
    says(
      "When ask is done, the notes are still in the mailbox, as they came.",
      done,
      "Notes were taken that belong to somebody else: to the rest of this program, which has not read them yet. A question has no right to the other mail. A clause that names a message takes it out, and `_` names them all; what is not named stays and does no harm.",
    ),
  ).toBe(format(["first", "second", "third", "fourth"]));
});
