import { expect, test } from "vitest";
import {
  after,
  format,
  isPid,
  isRef,
  type Pid,
  type Process,
  type Ref,
  type Self,
  type Step,
  when,
} from "#runtime";
import { exchange, trial, uncaughtIn } from "#runtime/testing";
import { ask, type ToAsker, type ToLibrary } from "./exercise.ts";

type Asker = Self<ToAsker>;
type Library = (self: Self<ToLibrary>) => Process;
type Request = [from: Pid<ToAsker>, reply: ToAsker];

/** How much of a story is told, in events. */
const LONGEST = 24;

interface Visit {
  readonly answers: readonly unknown[];
  /** What was left in the asker's mailbox, apart from replies. */
  readonly notes: readonly string[];
  readonly requests: readonly ToLibrary[];
  /** All that the asker has sent. */
  readonly sent: readonly unknown[];
  /** Whether all requests went to the library, and name the asker. */
  readonly isAddressed: boolean;
  /** Whether the asker has put a reply back into its own mailbox. */
  readonly isPutBack: boolean;
  /** What the asker has taken out of its mailbox. */
  readonly taken: readonly unknown[];
  readonly story: string;
  readonly thrown: string | undefined;
}

/** Lets somebody ask `questions`, one after the other, after a `prelude`. */
function visit(
  library: Library,
  questions: readonly string[],
  prelude: (self: Asker, library: Pid<ToLibrary>) => Process,
): Visit {
  const answers: unknown[] = [];
  const notes: string[] = [];
  let askerPid: Pid | undefined;
  let libraryPid: Pid<ToLibrary> | undefined;
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
    libraryPid = self.spawn(library);
    askerPid = self.spawn(visitor, libraryPid);
    yield* self.sleep(10_000);
  };
  const run = trial(body, { seed: 0, maxReductions: 500 });
  const { trace } = run;
  const root = trace[0]?.kind === "spawn" ? trace[0].pid : undefined;
  const events = trace.filter(
    (event) =>
      event.kind === "spawn" ||
      event.kind === "send" ||
      ("pid" in event && event.kind !== "timeout" && event.pid !== root),
  );
  const sends = trace.flatMap((event) =>
    event.kind === "send" && event.from === askerPid ? [event] : [],
  );
  const asked = sends.filter(({ message }) => isTagged(message, "ask"));
  const isLong = events.length > LONGEST;
  const story = exchange(events.slice(0, LONGEST));
  return {
    answers,
    notes,
    requests: asked.map(({ message }) => message as ToLibrary),
    sent: sends.map(({ message }) => message),
    isAddressed: asked.every(
      ({ to, message }) =>
        to === libraryPid && (message as ToLibrary)[2] === askerPid,
    ),
    isPutBack: sends.some(
      ({ to, message }) => to === askerPid && isTagged(message, "reply"),
    ),
    taken: trace.flatMap((event) =>
      event.kind === "receive" && event.pid === askerPid ? [event.message] : [],
    ),
    thrown: uncaughtIn(run),
    story: isLong ? `${story}\n  … and so on` : story,
  };
}

function isTagged(message: unknown, tag: string): boolean {
  return Array.isArray(message) && message[0] === tag;
}

const nothingBefore = function* (): Process {};

/** Takes one question; gives whom to reply to, and the reply. */
function* question(self: Self<ToLibrary>): Step<Request> {
  return yield* self.receive({
    // Others stay in its mailbox: it does not know whom to answer.
    ask: when(
      (_ref: Ref, from: Pid<ToAsker>, _text: string) => isPid(from),
      (ref, from, text): Request => [from, ["reply", ref, `answer to ${text}`]],
    ),
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

/** What a failing check says: the rule, the run, and where to look. */
function says(
  rule: string,
  { story, answers, thrown }: Visit,
  look: string,
): string {
  const given = answers.map(format).join(", ");
  return `${rule}\n\nWhat happened:\n${story}\n\nask gave: ${given || "nothing"}\n\n${thrown ?? look}\n\nIn short`;
}

const EVERY_REPLY_FITS =
  "It took a reply to another question. A mailbox is one queue for everything: that a reply arrives after you have asked, or is the first one there, does not make it yours. Only the reference in it tells. Compare it with the one that you have sent.";
const NOTHING_GIVEN =
  "No answer was given. A reply with another reference is not an error and not the end: the right one is still to come. Wait for it, without asking again.";

/** Why the answers are not those to the questions. */
function lookFor({ answers, requests, isPutBack, taken }: Visit): string {
  const wrong = answers.find((answer) => typeof answer !== "string");
  if (isRound(wrong)) {
    return "ask gave another round of waiting, and not what comes out of it. A process goes on with a call that it returns; whoever has called ask with yield* gets what it returns, just as it is. To run the round and have its answer, write yield* before it.";
  }
  if (wrong !== undefined) {
    return `ask gave ${format(wrong)}, which is no answer. A clause is given what stands behind the tag: first the reference, then the answer.`;
  }
  if (answers.length > answers.filter((one) => one !== undefined).length) {
    return "ask gave undefined. It gives what it returns, and a clause or a function without a return gives nothing. If a reply is not the right one, wait for the next, without asking again, and give back what that brings.";
  }
  if (answers.length > 0) return EVERY_REPLY_FITS;
  const [, ref] = requests.at(-1) ?? [];
  if (
    taken.some((one) => isTagged(one, "reply") && (one as ToAsker)[1] === ref)
  ) {
    return "The right reply was taken, and not given back. Its reference is the one that was sent; each makeRef() makes another. Look at what is compared with what, and at what is done when the two are the same.";
  }
  if (isPutBack) {
    return "A reply to another question was sent back to the asker itself. It is in the mailbox again at once, is taken again and sent again: ask goes round and never waits, and time does not go on. Drop it, or do not take it: what no clause takes stays where it is.";
  }
  return taken.length === 0
    ? "No reply was taken. A clause is named by the tag, reply, in these letters; and what is asked for besides must be true of the right reply."
    : NOTHING_GIVEN;
}

function isRound(given: unknown): boolean {
  return typeof (given as Step<unknown> | undefined)?.next === "function";
}

/** What is wrong with the request, if it is not that there are many. */
function unasked({ sent }: Visit): string {
  return sent.length === 1
    ? `ask sent ${format(sent[0])}. It is to send ["ask", ref, self.pid, question] to the library: the tag in these letters, the rest in this order, and the reference one that self.makeRef() has given.`
    : "Look at what is sent to the library, and how often.";
}

test("a question is one request, and its answer is given back", () => {
  const done = visit(answering(1), ["height"], nothingBefore);
  const [request] = done.requests;
  expect(
    [done.sent.length, isRef(request?.[1]), request?.[3], done.isAddressed],
    says(
      "One request is sent to the library: a reference, the asker's pid, the question.",
      done,
      unasked(done),
    ),
  ).toEqual([1, true, "height", true]);
  expect(
    done.answers,
    says("The answer to the question is given back.", done, lookFor(done)),
  ).toEqual(["answer to height"]);
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
    done.answers,
    says(
      'The reply to an older question, "age", is already in the mailbox. ask gives the answer to "height".',
      done,
      lookFor(done),
    ),
  ).toEqual(["answer to height"]);
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
    done.answers,
    says(
      'While ask waits, first the reply to "age" comes and then the one to "height".',
      done,
      lookFor(done) === EVERY_REPLY_FITS
        ? `${EVERY_REPLY_FITS} An empty mailbox before asking does not help: what is late comes later.`
        : lookFor(done),
    ),
  ).toEqual(["answer to height"]);
});

test("every question has a reference of its own", () => {
  const done = visit(answering(2), ["height", "age"], nothingBefore);
  const look =
    done.requests[0]?.[1] === done.requests[1]?.[1]
      ? "Both questions carry the same reference, so the second copy of the first reply fits the second question too. A reference names one question, not the one who asks; that is what the pid is for. Make a new one for each."
      : lookFor(done);
  expect(
    done.answers,
    says(
      "This library sends every reply twice. Each question is given its own answer nevertheless.",
      done,
      look,
    ),
  ).toEqual(["answer to height", "answer to age"]);
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
    done.answers,
    says("Among other mail the reply is found.", done, lookFor(done)),
  ).toEqual(["answer to height"]);
  expect(
    format(done.notes),
    says(
      "When ask is done, the notes are still in the mailbox, as they came.",
      done,
      "Notes were taken that belong to somebody else: to the rest of this program, which has not read them yet. A question has no right to the other mail. A clause that names a message takes it out, and `_` names them all; what is not named stays and does no harm.",
    ),
  ).toBe(format(["first", "second", "third", "fourth"]));
});
