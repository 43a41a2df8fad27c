import { expect, test } from "vitest";
import { classOf, Exit, format, type Process, type Self } from "#runtime";
import { exchange, SimulationError, simulate } from "#runtime/testing";
import {
  deliver,
  type Receiver,
  type ToReader,
  type ToSender,
} from "./exercise.ts";

/** How a delivery ended, and what was said or caught. */
interface Delivery {
  readonly how: "returned" | "throw" | "error" | "exit" | "did not end";
  readonly what: unknown;
  readonly story: string;
}

type Reader = (self: Self<ToReader>) => Process;

function* attentive(self: Self<ToReader>): Process {
  for (;;) yield* self.receive({ read: (from) => self.send(from, "seen") });
}

/** Is there when the text is sent, and goes when it comes. */
function* leaving(self: Self<ToReader>): Process {
  yield* self.receive({ read: () => self.exit("gone home") });
}

function* gone(): Process {}

/** Does not say that it has seen the text; tells the sender to stop. */
function* stopping(self: Self<ToReader>): Process {
  yield* self.receive({ read: (from) => self.send(from, "stop") });
  yield* self.sleep(1_000);
}

/** Lets one process deliver `text` to another, or to a name. */
function attempt(reader: Reader | string, text: string): Delivery {
  let how: Delivery["how"] = "did not end";
  let what: unknown;
  const body = function* client(self: Self<ToSender>): Process {
    let to: Receiver;
    if (typeof reader === "string") to = reader;
    else to = self.spawn(reader);
    yield* self.sleep(1);
    try {
      what = yield* deliver(self, to, text);
      how = "returned";
    } catch (caught) {
      how = classOf(caught);
      what = caught instanceof Exit ? caught.reason : caught;
    }
  };
  try {
    const { trace } = simulate(body, { seed: 0, maxReductions: 1_000 });
    return { how, what, story: exchange(trace) };
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    return { how, what, story: exchange(error.run.trace) };
  }
}

/** What a failing check says: the rule, what happened, and where to look. */
function says(rule: string, done: Delivery, look: string): string {
  const ended =
    done.how === "returned"
      ? `deliver gave ${format(done.what)}`
      : done.how === "did not end"
        ? "deliver did not end"
        : `deliver ended with class ${done.how}: ${format(done.what)}`;
  const story = done.story ? `${done.story}\n` : "";
  return `${rule}\n\nWhat happened:\n${story}  ${ended}\n\n${look}\n\nIn short`;
}

test("a text that is seen is sent", () => {
  const done = attempt(attentive, "hello");
  expect(
    [done.how, done.what],
    says(
      "A receiver that reads the text has been sent it.",
      done,
      "Look at what follows sendMessage when it ends well.",
    ),
  ).toEqual(["returned", "sent"]);
});

test("a receiver that is unknown or gone is nobody there", () => {
  const rule = "A receiver that is unknown or gone is nobody there.";
  const look =
    'sendMessage throws when a name is unknown, and exits when the receiver is gone. A handler that compares the reason with what was caught sees the throw only: of an exit the reason lies inside. This is the "pattern without a class".';
  const unknown = attempt("Ann", "hello");
  expect(
    [unknown.how, unknown.what],
    says(
      rule,
      unknown,
      'The name "Ann" is not registered. The class is throw.',
    ),
  ).toEqual(["returned", "nobody there"]);
  const lost = attempt(gone, "hello");
  expect([lost.how, lost.what], says(rule, lost, look)).toEqual([
    "returned",
    "nobody there",
  ]);
  const left = attempt(leaving, "hello");
  expect(
    [left.how, left.what],
    says(
      rule,
      left,
      "It was there when the text was sent, and went when it came. To ask beforehand whether somebody is there says nothing about the moment after. What may fail has to be tried, and caught.",
    ),
  ).toEqual(["returned", "nobody there"]);
});

test("an error of the program goes on as it is", () => {
  const rule = "An empty text is a mistake of this program. The error goes on.";
  const done = attempt(attentive, "");
  expect(
    done.how,
    says(
      rule,
      done,
      "The mistake was caught and called an absent receiver. Whoever has written the call will look for it in the network. Catch what you mean, and let an error go on.",
    ),
  ).toBe("error");
  expect(
    format(done.what),
    says(
      rule,
      done,
      "It is another error than the one that was thrown: the stack now tells where it was thrown again, and its kind is lost. Throw what you have caught.",
    ),
  ).toBe("Error: there is nothing to send");
});

test("a process that is told to stop does stop", () => {
  const done = attempt(stopping, "hello");
  expect(
    [done.how, done.what],
    says(
      'While it waits, the process is told to stop. It exits with "shutdown".',
      done,
      "An exit says that this process wants to end, and for which reason. To lose a receiver is one reason; there are others. A handler that takes every exit keeps a process alive that has been asked to go. Look at the reason too.",
    ),
  ).toEqual(["exit", "shutdown"]);
});

test("a throw of something else reaches the caller", () => {
  const done = attempt(attentive, "x".repeat(300));
  expect(
    [done.how, done.what],
    says(
      "A text of 300 letters is too long. The throw that says so reaches whoever called deliver.",
      done,
      "Somebody is there. The class says in which way sendMessage has given up, not why; that is in the reason. Take the throw that you mean, as it came, and pass on the others.",
    ),
  ).toEqual(["throw", ["too_long", 300]]);
});
