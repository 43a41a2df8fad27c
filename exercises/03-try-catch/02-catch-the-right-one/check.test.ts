import { expect, test } from "vitest";
import { classOf, Exit, format, type Process, type Self } from "#runtime";
import { exchange, trial } from "#runtime/testing";
import {
  deliver,
  type Receiver,
  sendMessage,
  type ToReader,
  type ToSender,
} from "./exercise.ts";

/** How a delivery ended, and what was said or caught. */
interface Delivery {
  readonly by: string;
  readonly how: "returned" | "throw" | "error" | "exit" | "did not end";
  readonly what: unknown;
  readonly story: string;
  /** Whether a reader took the text. */
  readonly isRead: boolean;
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
function attempt(
  reader: Reader | string,
  text: string,
  way: typeof deliver | typeof sendMessage = deliver,
): Delivery {
  let how: Delivery["how"] = "did not end";
  let what: unknown;
  const body = function* client(self: Self<ToSender>): Process {
    let to: Receiver;
    if (typeof reader === "string") to = reader;
    else to = self.spawn(reader);
    yield* self.sleep(1);
    try {
      what = yield* way(self, to, text);
      how = "returned";
    } catch (caught) {
      how = classOf(caught);
      what = caught instanceof Exit ? caught.reason : caught;
    }
  };
  const { trace } = trial(body, { seed: 0, maxReductions: 1_000 });
  const story = exchange(trace);
  const isRead = story.includes('takes ["read"');
  return { by: way.name, how, what, story, isRead };
}

/** An error that nobody throws on purpose. */
function isMistake(what: unknown): boolean {
  const { name } = what as Error;
  return ["ReferenceError", "TypeError", "RuntimeError"].includes(name);
}

/** What went wrong whatever the rule; undefined if that is for the rule to say. */
function trouble({ how, what }: Delivery): string | undefined {
  if (how === "error" && isMistake(what)) {
    return `deliver made this mistake itself: ${format(what)}. Is every name that it uses imported, and not only as a type? Is sendMessage called with self, to and text? And is something asked of all that was caught which not all of it has? An error has no reason, and a tuple neither.`;
  }
  if (how !== "returned" || what === "sent" || what === "nobody there") {
    return undefined;
  }
  if (what === undefined) {
    return "deliver gave nothing. Is a `return` forgotten? What sendMessage gives is nothing too: that it has ended well is to be told.";
  }
  if (format(what) === "a called body") {
    return "deliver gave a body that was called and not run. `yield*` runs it here, inside the try; returned without it, nobody does.";
  }
  if (typeof what === "object") {
    return "What was caught has become the answer. It goes on to the caller by being thrown, not by being returned.";
  }
  return 'deliver answers "sent" or "nobody there", letter for letter.';
}

/** Why what was none of its business did not go on as it was. */
function notPassedOn({ how, what }: Delivery, isTaken: string): string {
  if (how !== "returned") {
    return "It came out as something else than it was. Whatever goes on is thrown as it was caught: its reason alone, a text about it or an exit with it is another exception.";
  }
  if (what === "nobody there") return isTaken;
  return "deliver gave an answer where there is none to give. What it does not understand has to be thrown on from the catch, and a return in finally would end that.";
}

/** What a failing check says: the rule, what happened, and where to look. */
function says(rule: string, done: Delivery, look: string): string {
  const ended =
    done.how === "returned"
      ? `${done.by} gave ${format(done.what)}`
      : done.how === "did not end"
        ? `${done.by} did not end`
        : `${done.by} ended with class ${done.how}: ${format(done.what)}`;
  const story = done.story ? `${done.story}\n` : "";
  return `${rule}\n\nWhat happened:\n${story}  ${ended}\n\n${trouble(done) ?? look}\n\nIn short`;
}

test("sendMessage is as it was", () => {
  for (const [to, how, what] of [
    ["Ann", "throw", ["unknown_receiver", "Ann"]],
    [gone, "exit", ["lost_connection", "noproc"]],
    [stopping, "exit", "shutdown"],
  ] as const) {
    const done = attempt(to, "hello", sendMessage);
    expect(
      [done.how, done.what],
      says(
        `Others call sendMessage too, and count on what it says above itself: here class ${how}, ${format(what)}.`,
        done,
        "Something in sendMessage was changed. It is right as it is; what is to be caught is caught in deliver.",
      ),
    ).toEqual([how, what]);
  }
});

test("a text that is seen is sent", () => {
  const rule = "A receiver that reads the text has been sent it.";
  const done = attempt(attentive, "hello");
  expect(
    done.isRead,
    says(
      rule,
      done,
      "The text has not come to its reader. sendMessage has to be run to its end where it is called, with its arguments in order: self, to, text.",
    ),
  ).toBe(true);
  expect(
    [done.how, done.what],
    says(rule, done, "Look at what follows sendMessage when it ends well."),
  ).toEqual(["returned", "sent"]);
});

test("a receiver that is unknown or gone is nobody there", () => {
  const rule = "A receiver that is unknown or gone is nobody there.";
  const look =
    'sendMessage throws when a name is unknown, and exits when the receiver is gone. A handler that compares the reason with what was caught sees the throw only: of an exit the reason lies inside. This is the "pattern without a class". And is the tag spelt as sendMessage spells it?';
  const unknown = attempt("Ann", "hello");
  expect(
    [unknown.how, unknown.what],
    says(
      rule,
      unknown,
      unknown.how === "throw"
        ? 'The name "Ann" is not registered, and sendMessage says so with class throw. This was let through. It is a tuple, whose first field is its tag: that is what can be compared, with === and letter for letter. Two tuples are never the same.'
        : "Nobody was there. Is there an answer in the catch, and does nothing after it give another one?",
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
      "It was there when the text was sent, and went when it came. To ask beforehand whether somebody is there says nothing about the moment after. What may fail has to be tried, and caught; the tag says that it is gone, and what stands behind the tag is only why.",
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
      notPassedOn(
        done,
        "The mistake was caught and called an absent receiver. Whoever has written the call will look for it in the network. Catch what you mean, and let an error go on.",
      ),
    ),
  ).toBe("error");
  const { stack = "" } = done.what as Error;
  expect(
    [format(done.what), stack.includes("sendMessage") && "of sendMessage"],
    says(
      rule,
      done,
      "It is another error than the one that was thrown: the stack now tells where it was thrown again, and its kind is lost. Throw what you have caught.",
    ),
  ).toEqual(["Error: there is nothing to send", "of sendMessage"]);
});

test("a process that is told to stop does stop", () => {
  const done = attempt(stopping, "hello");
  expect(
    [done.how, done.what],
    says(
      'While it waits, the process is told to stop. It exits with "shutdown".',
      done,
      notPassedOn(
        done,
        "An exit says that this process wants to end, and for which reason. To lose a receiver is one reason; there are others. A handler that takes every exit keeps a process alive that has been asked to go. Look at the reason too.",
      ),
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
      notPassedOn(
        done,
        "Somebody is there. The class says in which way sendMessage has given up, not why; that is in the reason. Take the throw that you mean, as it came, and pass on the others.",
      ),
    ),
  ).toEqual(["throw", ["too_long", 300]]);
});
