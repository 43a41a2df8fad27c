import { expect, test } from "vitest";
import { application, format, type Self, type Step } from "#runtime";
import { trial } from "#runtime/testing";
import { drawer, pay, shop } from "./exercise.ts";

type Note = (what: string) => void;
type Scene = (self: Self<never>, note: Note) => Step<void>;

interface Played {
  /** What was paid, and what was in the drawer. */
  readonly notes: string;
  readonly story: string;
}

/** Plays a scene on a node where the shop does not run yet. */
function play(scene: Scene): Played {
  const notes: string[] = [];
  const { failure } = trial(
    (self: Self<never>) => scene(self, (it) => void notes.push(it)),
    { seed: 0, maxReductions: 20_000 },
  );
  if (failure !== undefined) notes.push(`and then: ${failure}`);
  const story = notes.map((line) => `  ${line}`).join("\n");
  return { notes: notes.join("; "), story };
}

function* open(self: Self<never>, note: Note): Step<void> {
  const answer = yield* application.start(self, shop);
  note(answer === "ok" ? "opened" : `not opened: ${format(answer)}`);
}

function set(self: Self<never>, key: string, value: unknown, note: Note) {
  application.setEnv(self, "shop", key, value);
  note(`${key} is set to ${value}`);
}

function says(rule: string, { notes, story }: Played, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\n${faultIn(notes) ?? look}\n\nIn short`;
}

/** What went wrong whatever the scene is about, in words. */
function faultIn(notes: string): string | undefined {
  if (notes.includes("not opened"))
    return 'The shop did not open. Its start gives what supervisor.startLink gives, and the init of a server gives ["ok", state].';
  if (notes.includes("and then"))
    return 'A call to the till has failed; its reason stands above. A clause gives ["reply", answer, state]: the tag, a receipt or a number, the new state. And the till is registered as "till".';
  if (notes.includes("NaN"))
    return "A sum was made with something that is no number. Whoever asks getEnv for what is not there gets undefined. It is asked for the application first, then for the key, both to the letter.";
  if (/paid (?!-?[\d.]+ \w+ cents(;|$))/.test(notes))
    return 'A receipt is a text that reads "119 EUR cents": the amount, the currency, the word "cents".';
  return undefined;
}

/** What to look at when nothing was set. */
function lookAtPlain(notes: string): string {
  if (notes.includes("paid 119 EUR"))
    return "What somebody has paid, tax and all, is added to what is in the drawer. The drawer is the state of the till: it begins with the float, and each payment gives a new one.";
  if (notes.includes("EUR"))
    return "The vat counts percent: to 100 cents, 19 percent add 19 cents, and that makes 119.";
  return "What nobody has set has to be somewhere: in the application's env, or as the default of the one who asks. getEnv takes a default as its last argument.";
}

test("what was set before the start holds, and otherwise what the shop says", () => {
  const plain = play(function* (self, note) {
    yield* open(self, note);
    note(`paid ${yield* pay(self, 100)}`);
    note(`drawer ${yield* drawer(self)}`);
  });
  expect(
    plain.notes,
    says(
      "Nothing was set. The shop's own env says 19 percent and 10000 cents; of the currency it says nothing, and the default is EUR.",
      plain,
      lookAtPlain(plain.notes),
    ),
  ).toBe("opened; paid 119 EUR cents; drawer 10119");
  const played = play(function* (self, note) {
    set(self, "vat", 7, note);
    set(self, "float", 5000, note);
    yield* open(self, note);
    note(`paid ${yield* pay(self, 100)}`);
    note(`drawer ${yield* drawer(self)}`);
  });
  expect(
    played.notes,
    says(
      "Vat and float were set before the shop was opened. So the till begins with 5000 cents and adds 7 percent.",
      played,
      "env is what the program itself says. Somebody has said otherwise, with setEnv, and only getEnv knows of that. A constant of the module knows of nothing that comes later, and neither does a look at shop.env.",
    ),
  ).toBe(
    "vat is set to 7; float is set to 5000; opened; paid 107 EUR cents; drawer 5107",
  );
});

test("a new tax and a new currency hold from the next payment on", () => {
  const played = play(function* (self, note) {
    yield* open(self, note);
    note(`paid ${yield* pay(self, 100)}`);
    set(self, "vat", 7, note);
    set(self, "currency", "CHF", note);
    note(`paid ${yield* pay(self, 100)}`);
  });
  expect(
    played.notes,
    says(
      "The tax is changed while the shop is open. The next payment is made with it, in the new currency.",
      played,
      "Somebody read the setting too early and kept it. What is to count at once is read each time that it is needed; it costs nothing.",
    ),
  ).toBe(
    "opened; paid 119 EUR cents; vat is set to 7; currency is set to CHF; paid 107 CHF cents",
  );
});

test("the drawer is filled once, when the till opens", () => {
  const played = play(function* (self, note) {
    yield* open(self, note);
    set(self, "float", 5000, note);
    note(`paid ${yield* pay(self, 100)}`);
    note(`drawer ${yield* drawer(self)}`);
    yield* application.stop(self, "shop");
    yield* open(self, note);
    note(`drawer ${yield* drawer(self)}`);
  });
  expect(
    played.notes,
    says(
      "A new float is set while the shop is open. The money in the drawer stays what it is; the next till begins with the new float.",
      played,
      "Not every setting may change at once. The float is the beginning of a state. The state goes its own way from there, and a number that is set elsewhere puts no money into a drawer. When does a server get its first state?",
    ),
  ).toBe(
    "opened; float is set to 5000; paid 119 EUR cents; drawer 10119; opened; drawer 5000",
  );
});

test("a setting of zero is a setting", () => {
  const played = play(function* (self, note) {
    set(self, "vat", 0, note);
    set(self, "float", 0, note);
    yield* open(self, note);
    note(`paid ${yield* pay(self, 100)}`);
    note(`drawer ${yield* drawer(self)}`);
  });
  expect(
    played.notes,
    says(
      "No tax, and an empty drawer: both were set, and hold.",
      played,
      "Zero was taken for nothing. The default is for what is not set; whoever has set 0 means 0. The last argument of getEnv knows the difference, and so does ?? where || does not.",
    ),
  ).toBe(
    "vat is set to 0; float is set to 0; opened; paid 100 EUR cents; drawer 100",
  );
});
