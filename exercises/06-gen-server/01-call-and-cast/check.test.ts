import { expect, test } from "vitest";
import {
  Exit,
  format,
  formatReport,
  type Report,
  resume,
  type Self,
  type Step,
  suspend,
} from "#runtime";
import { exchange, trial } from "#runtime/testing";
import { count, deliver, open, type Shop, take } from "./exercise.ts";

type Note = (line: string) => void;
type Scene = (self: Self<never>, shop: Shop, note: Note) => Step<void>;

interface Played {
  readonly notes: string;
  readonly story: string;
}

/** Plays a scene in a shop: what was noted down, and what happened. */
function play(scene: Scene, seed = 0): Played {
  const notes: string[] = [];
  const note = (line: string) => void notes.push(line);
  const body = function* town(self: Self<never>) {
    self.spawn(function* customer(it: Self<never>) {
      yield* noting(scene(it, yield* open(it), note), note);
    });
    yield* self.sleep(60_000);
  };
  const { trace, reports } = trial(body, { seed, maxReductions: 2_000 });
  return {
    notes: notes.join("; "),
    story: [
      exchange(trace.filter((event) => event.kind !== "timeout")),
      ...reports.map((report) => `reported: ${inShort(report)}`),
    ].join("\n"),
  };
}

/** Whoever has no answer exits; that is noted, and judged. */
function* noting(step: Step<void>, note: Note): Step<void> {
  try {
    yield* step;
  } catch (caught) {
    if (!(caught instanceof Exit)) throw caught;
    note(`had no answer: ${format(caught.reason)}`);
  }
}

/** A report of the runtime: its title and its first line. */
function inShort(report: Report): string {
  const [title, first = ""] = formatReport(report).split("\n");
  return `${title} ${first.trim()}`;
}

function says(rule: string, played: Played, look: string): string {
  const { story, notes } = played;
  return `${rule}\n\nWhat happened:\n${story}\n\nWhat came of it: ${notes || "nothing"}\n\n${look}\n\nIn short`;
}

/** What a customer is told is a text; anything else is shown as it is. */
const said = (told: unknown) =>
  typeof told === "string" ? told : format(told);

test("a customer gets what is there, and is told when it is not", () => {
  const played = play(function* (self, shop, note) {
    yield* deliver(self, shop, "cheese", 3);
    note(`takes 2: ${said(yield* take(self, shop, "cheese", 2))}`);
    note(`takes 2: ${said(yield* take(self, shop, "cheese", 2))}`);
    note(`counts: ${yield* count(self, shop, "cheese")}`);
  });
  const look = played.notes.includes("no answer")
    ? "The customer waited for an answer and did not get one. A refusal is an answer like any other: reply with it, and go on. Without a reply the caller ends when its time limit is over, or with the server."
    : played.notes.includes("counts: -1")
      ? "There are less than none. What is replied and what is kept are two things: a clause that refuses has to give back the state as it was, and a request that may be refused has to be one that can say so."
      : played.notes.startsWith("takes 2: sold out")
        ? "Three were delivered, and are not there. Look at what deliver sends, and at what the clause makes of it: behind self and the state come the fields of the message, in their order."
        : "Look at what the customer is told, and at the fields of the request: a clause is given them behind self and the state, in their order. A reply is a tuple: reply, what is told, and the new state. Who gets less than was asked for has to learn it, so the answer has to come from the server.";
  expect(
    played.notes,
    says(
      "Of three cheeses one customer takes two. Two more are not there: sold out, and one is left.",
      played,
      look,
    ),
  ).toBe("takes 2: ok; takes 2: sold out; counts: 1");
});

test("of two customers one gets the last piece", () => {
  const race: Scene = function* (self, shop, note) {
    yield* deliver(self, shop, "cheese", 1);
    // The answer comes after the delivery: now the shelf is full for everybody.
    yield* count(self, shop, "cheese");
    for (const _name of ["ann", "bob"]) {
      self.spawn(function* customer(it: Self<never>) {
        yield* noting(
          (function* () {
            note(yield* take(it, shop, "cheese", 1));
          })(),
          note,
        );
      });
    }
    yield* self.sleep(1_000);
    note(`${yield* count(self, shop, "cheese")} left`);
  };
  for (let seed = 0; seed <= 40; seed++) {
    const played = play(race, seed);
    expect(
      played.notes.split("; ").sort().join("; "),
      says(
        `Two customers want the one piece that is there. One gets it, one is told that it is sold out. (Schedule ${seed})`,
        played,
        !played.notes.includes("ok")
          ? "Nobody was given it. Whoever takes all that is there may have it."
          : "Both were given the same piece. If a customer asks first and takes then, the other one can come in between, and what the first was told is old. Look and take have to be one request: the server does one request after the other, and nothing comes between.",
      ),
    ).toBe("0 left; ok; sold out");
  }
});

test("whoever delivers does not wait for the shop", () => {
  const played = play(function* (self, shop, note) {
    // A suspended server takes requests only when it is resumed.
    yield* suspend(self, shop);
    self.spawn(function* driver(it: Self<never>) {
      yield* noting(
        (function* () {
          yield* deliver(it, shop, "cheese", 4);
          note("the driver goes on");
        })(),
        note,
      );
    });
    yield* self.sleep(1_000);
    note("the shop is free again");
    yield* resume(self, shop);
    yield* self.sleep(100);
    note(`counts: ${yield* count(self, shop, "cheese")}`);
  });
  expect(
    played.notes,
    says(
      "The shop is busy for a second. The driver delivers and goes on at once, and the goods are there later.",
      played,
      "The driver waited for the shop. A call is worth its time where the answer changes what the caller does next. Nobody does anything with the answer to a delivery: tell it, and go on.",
    ),
  ).toBe("the driver goes on; the shop is free again; counts: 4");
});

test("what the cold room says of its own accord is heard", () => {
  const played = play(function* (self, shop, note) {
    yield* deliver(self, shop, "cheese", 3);
    self.send(shop as never, ["spoiled", "cheese", 1] as never);
    note(`counts: ${yield* count(self, shop, "cheese")}`);
    self.send(shop as never, ["spoiled", "cheese", 9] as never);
    note(`counts: ${yield* count(self, shop, "cheese")}`);
  });
  expect(
    played.notes,
    says(
      'The cold room sends ["spoiled", "cheese", 1] with a bare send: one of three is gone. Then it speaks of nine: all are gone, and not more.',
      played,
      played.story.includes("undefined handleInfo") ||
        played.story.includes("no clause")
        ? "A message that was sent with a bare send is an info, with a reply or without. Only what goes through genServer.cast gets to handleCast. Without a clause of handleInfo such a message is reported and dropped."
        : "It is heard, and the number is not right. The clause is given self, the state, the item and the count. What is left is what was there less what has spoiled, and never less than none.",
    ),
  ).toBe("counts: 2; counts: 0");
});
