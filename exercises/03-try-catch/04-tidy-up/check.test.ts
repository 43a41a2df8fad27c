import { expect, test } from "vitest";
import {
  classOf,
  Exit,
  format,
  type Process,
  type Self,
  type Step,
} from "#runtime";
import { trial } from "#runtime/testing";
import { type Cabinet, type Key, withKey } from "./exercise.ts";

type Worker = Self<"go on">;
type Work = (self: Worker) => Step<unknown>;

/** What happened to the key, and how withKey ended. */
interface Loan {
  /** What the cabinet and the work have noted, in order. */
  readonly notes: readonly string[];
  readonly how: "returned" | "throw" | "error" | "exit" | "did not end";
  readonly what: unknown;
}

const KEY: Key = { room: "archive" };

/** A cabinet with one key that notes what is done with it. */
function cabinet(notes: string[], fails: "nothing" | keyof Cabinet): Cabinet {
  const note = (line: string, action: keyof Cabinet) => {
    notes.push(line);
    if (action === fails) throw new Error(`${action} fails`);
  };
  return {
    take() {
      note(fails === "take" ? "no key is there" : "the key is taken", "take");
      return KEY;
    },
    giveBack: (key) =>
      note(
        key === KEY
          ? "the key is given back"
          : `${format(key)}, which is not the key, is given back`,
        "giveBack",
      ),
  };
}

const isStep = (value: unknown): value is Step<unknown> =>
  typeof value === "object" && value !== null && Symbol.iterator in value;

/** Lets a process do `work` with a key, and kills it if asked to. */
function lend(
  work: Work,
  fails: "nothing" | keyof Cabinet = "nothing",
  isKilled = false,
): Loan {
  const notes: string[] = [];
  let how: Loan["how"] = "did not end";
  let what: unknown;
  const body = function* worker(self: Worker): Process {
    const busy = function* (key: Key): Step<unknown> {
      notes.push("the work begins");
      if (key !== KEY) notes.push(`  it has ${format(key)}, not the key`);
      const value = yield* work(self);
      notes.push("the work ends well");
      return value;
    };
    try {
      const loan: unknown = withKey(cabinet(notes, fails), busy);
      what = isStep(loan) ? yield* loan : loan;
      how = "returned";
    } catch (caught) {
      how = classOf(caught);
      what = caught instanceof Exit ? caught.reason : caught;
    }
  };
  const watcher = function* watcher(self: Self<never>): Process {
    const pid = self.spawn(body);
    yield* self.sleep(1);
    if (isKilled) {
      notes.push("the worker is killed");
      self.sendExit(pid, "kill");
    } else self.send(pid, "go on");
    yield* self.sleep(1);
  };
  trial(watcher, { seed: 0, maxReductions: 1_000 });
  return { notes, how, what };
}

/** What a failing check says: the rule, what happened, and where to look. */
function says(rule: string, loan: Loan, look: string): string {
  const notes = loan.notes.map((note) => `  ${note}`).join("\n");
  const ended =
    loan.how === "returned"
      ? `withKey gave ${format(loan.what)}`
      : loan.how === "did not end"
        ? "withKey did not end"
        : `withKey ended with class ${loan.how}: ${format(loan.what)}`;
  return `${rule}\n\nWhat happened:\n${notes}\n  ${ended}\n\n${trouble(loan) ?? look}\n\nIn short`;
}

/** What went wrong whatever the rule; undefined if that is for the rule to say. */
function trouble({ notes, how, what }: Loan): string | undefined {
  const times = (line: string) => notes.filter((note) => note === line).length;
  const isMistake = what instanceof ReferenceError || what instanceof TypeError;
  if (how === "error" && isMistake) {
    return `withKey made this mistake itself: ${format(what)}. Is every name imported or declared, written as it is there, and seen where it is used? What is declared inside a try is not seen outside of it. And take and giveBack are plain functions: they do not wait.`;
  }
  if (format(what) === "a promise") {
    return "withKey gave a promise. It is a function* and not async: what it waits for is messages, through `yield*`.";
  }
  if (notes.includes("no key is there")) return undefined;
  if (times("the key is taken") !== 1) {
    return "The work needs one key, and the cabinet has it: take is called once, before the work.";
  }
  if (times("the work begins") === 0) {
    return "The work was not done. Calling a generator function does none of its work; that is done where `yield*` stands, and whoever returns it without that returns a work that has not begun.";
  }
  if (times("the work begins") > 1) {
    return "The work was done more than once. Keep what it gives: each call is the whole work again.";
  }
  if (notes.some((note) => note.includes("not the key"))) {
    return "The key that take gave is the one: the work is called with it, and it is the one that hangs on the hook again. Something that looks like it opens no door.";
  }
  return undefined;
}

/** Where the key is when the work has ended, if that is wrong. */
function misplaced(loan: Loan): string {
  return backOf(loan) === 0
    ? "The key is still out. A work may end well, or with an exception of one of three classes, and this end did not come past the line that gives the key back. What has to be done however the work ends needs a place that all of them come through."
    : "The key was given back twice. Two places are passed on the same way out; one that is always passed is enough.";
}

const backOf = (loan: Loan) =>
  loan.notes.filter((note) => note === "the key is given back").length;

function* plain(): Step<string> {
  return "three letters copied";
}

test("what the work gives is given on, and the key is back", () => {
  const loan = lend(plain);
  expect(
    [loan.how, loan.what, backOf(loan)],
    says(
      "A work that ends well: its value is given on, and the key is given back once.",
      loan,
      backOf(loan) !== 1
        ? misplaced(loan)
        : "The key is back, and the value is not what the work gave. That is the value of `yield* work(key)`; it has to be returned.",
    ),
  ).toEqual(["returned", "three letters copied", 1]);
});

test("what the work throws goes on as it is, and the key is back", () => {
  const ends: [how: Loan["how"], what: unknown, thrown: unknown][] = [];
  const error = new RangeError("no such letter");
  ends.push(["error", error, error]);
  ends.push(["throw", ["torn", 3], ["torn", 3]]);
  ends.push(["exit", "closing time", new Exit("closing time")]);
  for (const [how, what, thrown] of ends) {
    const loan = lend(function* (): Step<unknown> {
      throw thrown;
    });
    const rule = `A work gives up with class ${how}: ${format(what)}.`;
    expect(
      backOf(loan),
      says(`${rule} The key is given back once.`, loan, misplaced(loan)),
    ).toBe(1);
    expect(
      [loan.how, loan.what],
      says(
        `${rule} That goes on to whoever called withKey, as it is.`,
        loan,
        loan.how === "returned"
          ? "It was swallowed, and the caller is told that all went well. To tidy up is not to handle: withKey does not know what the exception means. A catch that does not throw again ends it there, and so does a return in finally."
          : "Something else came out than what was thrown. Whoever catches by class and reason waits for the thing itself. Let it pass untouched.",
      ),
    ).toEqual([how, what]);
  }
});

test("the key is out for as long as the work takes", () => {
  const loan = lend(function* (self): Step<unknown> {
    return yield* self.receive({ "go on": () => "done after a while" });
  });
  expect(
    loan.notes.join(", "),
    says(
      "A work that waits for a message needs its key until it has ended.",
      loan,
      "The key hung in the cabinet again before the work had ended. Calling a generator function does none of its work; that is done where `yield*` stands. What is protected by a try is what runs inside it.",
    ),
  ).toBe(
    "the key is taken, the work begins, the work ends well, the key is given back",
  );
});

test("a key that was never taken is not given back", () => {
  const loan = lend(plain, "take");
  expect(
    [loan.notes.join(", "), loan.how, format(loan.what)],
    says(
      "The cabinet is empty, and take throws. That goes on, and nothing is given back.",
      loan,
      loan.how === "returned"
        ? "The error of take was swallowed. Whoever wants a key and gets none has to hear of it: let it go on."
        : "Something was given back that nobody had. A finally runs also if the very first line of its try has failed. What is inside the try should be what can fail while you hold the key.",
    ),
  ).toEqual(["no key is there", "error", "Error: take fails"]);
});

test("a key is given back once, even if that fails", () => {
  const loan = lend(plain, "giveBack");
  expect(
    [backOf(loan), loan.how, format(loan.what)],
    says(
      "The hook is broken, and giveBack throws. It is not tried again, and the error goes on.",
      loan,
      loan.how === "returned"
        ? "The error of giveBack was swallowed, and the caller is told that all went well. The key hangs nowhere, and somebody has to hear of it."
        : "It was given back a second time. Giving back stood inside the try, so its own error led to the catch, which gave back once more. What is done at the end has one place, outside of what is tried.",
    ),
  ).toEqual([1, "error", "Error: giveBack fails"]);
});

test("a process that is killed gives nothing back", () => {
  const work: Work = function* (self) {
    yield* self.receive({ "go on": () => {} });
  };
  const loan = lend(work, "nothing", true);
  expect(
    loan.notes.join(", "),
    says(
      "A process that is killed runs no line more, no finally either. The key stays out.",
      loan,
      "Nothing can be written in withKey that runs after a kill. If the key is back here, it was given back too early.",
    ),
  ).toBe("the key is taken, the work begins, the worker is killed");
});
