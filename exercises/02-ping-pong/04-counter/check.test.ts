import { expect, test } from "vitest";
import {
  after,
  format,
  type Pid,
  type Process,
  processInfo,
  type Self,
  type Step,
} from "#runtime";
import { exchange, type Run, trial, uncaughtIn } from "#runtime/testing";
import { counter, type ToCounter, type ToReader } from "./exercise.ts";

type Visitor = Self<ToReader>;
type Counter = Pid<ToCounter>;
type Answer = number | "no answer";

interface Visit {
  readonly run: Run;
  readonly story: string;
  readonly thrown: string | undefined;
}

/** Runs a visitor of the museum and gives the story of what happened. */
function visit(visitor: (self: Visitor) => Process): Visit {
  const run = trial(visitor, { seed: 0, maxReductions: 20_000 });
  return { run, story: exchange(run.trace), thrown: thrownIn(run) };
}

function* read(self: Visitor, from: Counter): Step<Answer> {
  self.send(from, ["read", self.pid]);
  return yield* self.receive(
    { count: (count): Answer => count },
    after(1_000, (): Answer => "no answer"),
  );
}

/** A full stack has a check of its own, which says why. */
function thrownIn(run: Run): string | undefined {
  const [crash] = run.reports;
  const isFull = crash?.kind === "crash" && crash.reason instanceof RangeError;
  return isFull ? undefined : uncaughtIn(run);
}

/** What the counters did, if it is nothing that a count could tell. */
function amiss({ run }: Visit): string | undefined {
  const isCounter = (pid: Pid | undefined) =>
    run.trace.some(
      (event) =>
        event.kind === "spawn" &&
        event.pid === pid &&
        event.label === counter.name,
    );
  const sent = run.trace.flatMap((event) =>
    event.kind === "send" && isCounter(event.from) ? [event] : [],
  );
  for (const { from, to, message } of sent) {
    const [tag, count] = Array.isArray(message) ? message : [];
    if (tag === "count" && typeof count !== "number") {
      return `The counter sent ${format(message)}: its count is no number. Look at what the call before gave it; a clause that ends with a send returns nothing of use.`;
    }
    if (tag !== "count") {
      return `The counter sent ${format(message)}, and the reader waits for ["count", count]: the tag stands first, in these letters, and then the number.`;
    }
    if (to === from) {
      return "The counter sent the answer to itself. A message goes to the address that it is sent to, and the reader's is the pid that came with the question.";
    }
  }
  if (run.trace.some((e) => e.kind === "spawn" && isCounter(e.parent))) {
    return "The counter has spawned another. That one has another pid, which nobody knows, and a mailbox of its own. The process that is asked has to stay, and go on with another count.";
  }
  const asked = run.trace.some(
    (event) =>
      event.kind === "receive" &&
      isCounter(event.pid) &&
      (event.message as ToCounter)[0] === "read",
  );
  if (asked && sent.length === 0) {
    return 'The counter took the question and sent nothing. An answer is sent, `["count", count]`, to the pid that came with the question; what a clause returns is only what the process goes on with. And if no clause has the tag, read, in these letters, then `_` has taken the question.';
  }
  const hasEnded = run.trace.some(
    (event) => event.kind === "exit" && isCounter(event.pid),
  );
  if (!asked && !hasEnded) {
    return "The counter is there, and the question lies in its mailbox. Is there a clause for the tag, read, in these letters, and does the counter come to its receive again?";
  }
  return undefined;
}

/** Whether a tuple counts where the same word, which is no tuple, does not. */
function takesWordsApart(): boolean {
  let count: Answer = "no answer";
  visit(function* visitor(self) {
    const turnstile = self.spawn(counter, 0);
    self.send(turnstile as Pid<unknown> as Pid<string[]>, ["increment"]);
    count = yield* read(self, turnstile);
  });
  return (count as Answer) === 1;
}

/** Why three increments came to nothing. */
function uncounted(): string {
  return takesWordsApart()
    ? 'No increment was understood. "increment" is a string and no tuple: taken apart it gives its letters, and after `const [tag] = message` the tag is "i". Name the word in a clause, or compare the message before it is taken apart.'
    : "No increment is left in the count. An assignment, and count++ is one, ends with the clause that makes it: the next message finds only what `counter` was called with. And a clause is called by the tag, letter for letter; what none is called by goes to `_`.";
}

/** What a failing check says: the rule, the run, and where to look. */
function says(rule: string, { story, thrown }: Visit, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\n${thrown ?? look}\n\nIn short`;
}

test("it counts what it is told to count", () => {
  let count: Answer = "no answer";
  const done = visit(function* visitor(self) {
    const turnstile = self.spawn(counter, 0);
    for (let i = 0; i < 3; i++) self.send(turnstile, "increment");
    count = yield* read(self, turnstile);
  });
  const answer = count as Answer;
  expect(
    answer,
    says(
      'Three times "increment", and then a reader is told 3.',
      done,
      amiss(done) ??
        (answer === "no answer"
          ? "The counter was gone before it was asked. A receive takes one message; a body that returns afterwards is a process that has ended, and what is sent to it vanishes. Each clause has to go on by calling `counter` again."
          : answer === 0
            ? uncounted()
            : "Something else was added than 1 for each. Look at what `counter` is called with after an increment, and after a reading."),
    ),
  ).toBe(3);
});

test("two counters count apart", () => {
  const counts: Answer[] = [];
  const done = visit(function* visitor(self) {
    const [east, west] = [self.spawn(counter, 0), self.spawn(counter, 10)];
    // Both begin before either counts: what they have in common shows in each.
    yield* self.sleep(1);
    for (let i = 0; i < 2; i++) self.send(east, "increment");
    self.send(west, "increment");
    counts.push(yield* read(self, east), yield* read(self, west));
  });
  expect(
    counts.join(" and "),
    says(
      "One counter starts at 0 and counts 2, another starts at 10 and counts 1.",
      done,
      counts[1] === 1
        ? "The second has begun at 0. What a counter begins with is the argument that it was spawned with."
        : "They have the count in common. A variable outside of the function is shared memory: every process that runs this code writes to the same one. What belongs to a process stands in its arguments.",
    ),
  ).toBe("2 and 11");
});

test("reading changes nothing, and whoever asks is answered", () => {
  const counts: Answer[] = [];
  const done = visit(function* visitor(self) {
    const turnstile = self.spawn(counter, 0);
    self.send(turnstile, "increment");
    counts.push(yield* read(self, turnstile));
    self.spawn(function* secondReader(its: Visitor) {
      counts.push(yield* read(its, turnstile));
    });
    yield* self.sleep(5_000);
    counts.push(yield* read(self, turnstile));
  });
  expect(
    counts.join(", "),
    says(
      "Three readings of a counter that has counted 1, the second by somebody else.",
      done,
      counts.includes("no answer")
        ? "A reading was not answered. To answer is not to go on: a clause that only sends is the end of the process, as is any clause without a call of `counter`. To go on is to return that call; a yield* before it takes one round and drops the rest. If the counter is alive, look at whom it answers: the pid that came with the question."
        : (amiss(done) ??
            "A reading has changed the count. The call that follows it gets the same count."),
    ),
  ).toBe("1, 1, 1");
});

test("after a reset the same counter starts again at 0", () => {
  const counts: Answer[] = [];
  const done = visit(function* visitor(self) {
    const turnstile = self.spawn(counter, 7);
    self.send(turnstile, "reset");
    counts.push(yield* read(self, turnstile));
    self.send(turnstile, "increment");
    counts.push(yield* read(self, turnstile));
  });
  expect(
    counts.join(", "),
    says(
      'After "reset" the count is 0, and after one more "increment" it is 1.',
      done,
      counts.includes("no answer")
        ? "Nobody answers at this address any more. A pid belongs to one process: if that one ends, no other takes its place, not even one that it has spawned. The process has to stay, and go on with another count."
        : '"reset" had no effect, or not the right one. Is there a clause for it, in these letters, and with which count does it go on?',
    ),
  ).toBe("0, 1");
});

test("a message that nobody knows is dropped, and nothing else changes", () => {
  let count: Answer = "no answer";
  let waiting: readonly unknown[] | undefined;
  const done = visit(function* visitor(self) {
    const turnstile = self.spawn(counter, 0);
    const toAnything = turnstile as Pid<unknown> as Pid<string | string[]>;
    self.send(turnstile, "increment");
    self.send(toAnything, "hello");
    self.send(toAnything, ["increment by", "a lot"]);
    self.send(turnstile, "increment");
    count = yield* read(self, turnstile);
    waiting = processInfo(turnstile)?.messages;
  });
  expect(
    count as Answer,
    says(
      'Two increments count, "hello" does not.',
      // That it threw is what it did with the stranger's message.
      { ...done, thrown: undefined },
      (count as Answer) === "no answer"
        ? "The stranger's message ended the counter. Dropping a message means: take it, and go on as before."
        : "A message that has no meaning must not change the count.",
    ),
  ).toBe(2);
  expect(
    format(waiting),
    says(
      "A message that nobody knows does not stay in the mailbox.",
      done,
      "It still lies there. A receive leaves alone what it does not name; it is neither an error nor thrown away. Each later receive has to step over it, and the mailbox of a process that lives for years only grows. The clause `_` takes what no other clause takes.",
    ),
  ).toBe("[]");
});

test("it counts 20,000 visitors in constant space", () => {
  const VISITORS = 20_000;
  let count: Answer = "no answer";
  const done = visit(function* visitor(self) {
    const turnstile = self.spawn(counter, 0);
    for (let i = 0; i < VISITORS; i++) self.send(turnstile, "increment");
    count = yield* read(self, turnstile);
  });
  const story = done.story.split("\n").slice(-6).join("\n");
  expect(
    count as Answer,
    says(
      `After ${VISITORS} increments the count is ${VISITORS}.`,
      { ...done, story },
      "The calls were piled up until there was no room. `yield* counter(…)` runs the next one inside of this one, which is kept for when it returns, and it never does. To return the call, without `yield*`, is a tail call: the process goes on with it, and nothing is left behind.",
    ),
  ).toBe(VISITORS);
});
