import { expect, test } from "vitest";
import {
  Exit,
  format,
  formatReport,
  genServer,
  type Report,
  type Self,
  type Step,
} from "#runtime";
import { exchange, type Run, trial } from "#runtime/testing";
import { arrive, desk, type PostOffice } from "./exercise.ts";

type Scene = (day: Day) => Step<void>;

/** A day at the post office: what one can do there, and what was noted. */
interface Day {
  readonly self: Self<never>;
  readonly office: PostOffice;
  readonly notes: string[];
  /** Lets a customer fetch a parcel, and note down what it is given. */
  customer(label: string, name: string): void;
}

interface Played {
  readonly notes: string;
  readonly story: string;
  readonly trace: Run["trace"];
}

function play(scene: Scene): Played {
  const notes: string[] = [];
  const body = function* town(self: Self<never>) {
    const started = yield* genServer.start(self, desk, []);
    const office = started[1] as PostOffice;
    const customer = (label: string, name: string) => {
      self.spawn(function* visitor(it: Self<never>) {
        const parcel = yield* tried(fetch(it, office, name));
        notes.push(`${label} has ${said(parcel)}`);
      });
    };
    self.spawn(function* day(it: Self<never>) {
      yield* scene({ self: it, office, notes, customer });
    });
    yield* self.sleep(60_000);
  };
  const { trace, reports } = trial(body, { seed: 0, maxReductions: 2_000 });
  return {
    trace,
    notes: notes.join("; "),
    story: [
      exchange(trace.filter((event) => event.kind !== "timeout")),
      ...reports.map((report) => `reported: ${inShort(report)}`),
    ].join("\n"),
  };
}

/** A parcel is a text; anything else is shown as it is. */
const said = (given: unknown) =>
  typeof given === "string" ? given : format(given);

function fetch(self: Self<never>, office: PostOffice, name: string) {
  return genServer.call(self, office, ["fetch", name], 30_000);
}

/** A call that fails ends its caller; that is noted, and judged. */
function* tried<T>(step: Step<T>): Step<T | string> {
  try {
    return yield* step;
  } catch (caught) {
    const reason = caught instanceof Exit ? caught.reason : caught;
    return `no answer: ${format(reason)}`;
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

test("a parcel that is there is handed over at once", () => {
  const played = play(function* ({ self, office, notes, customer }) {
    arrive(self, office, "ann", "a book");
    arrive(self, office, "bob", "a lamp");
    arrive(self, office, "ann", "a hat");
    yield* self.sleep(10);
    customer("ann", "ann");
    yield* self.sleep(10);
    const call = genServer.call(self, office, "onShelf");
    notes.push(`on the shelf: ${yield* tried(call)}`);
  });
  expect(
    played.notes,
    says(
      "Three parcels lie on the shelf, two for ann. She fetches one: the older one, and two are left.",
      played,
      played.notes.includes("no answer")
        ? "Her parcel lies there, and she was not answered. Compare what arrive sends with what the clauses take: behind self and the state come the fields of the message, in their order, and for a call its from at the end."
        : "Look at what becomes of a parcel that nobody waits for: it lies on the shelf until somebody asks, and each is given once.",
    ),
  ).toBe("ann has a book; on the shelf: 2");
});

/** Why nobody was answered, if the desk was free when the parcel came. */
function unanswered({ trace }: Played): string | undefined {
  let sentAtMs = 0;
  for (const event of trace) {
    if (event.kind !== "send" && event.kind !== "receive") continue;
    const [tag] = Array.isArray(event.message) ? event.message : [];
    if (tag === "$gen_cast") {
      if (event.kind === "send") sentAtMs = event.atMs;
      else if (event.atMs > sentAtMs) return undefined;
    } else if (event.kind === "send" && !String(tag).startsWith("$gen_")) {
      if (tag === "acknowledged") continue;
      return `${format(event.message)} was sent with a bare send. Who calls waits for the reply to its call: genServer.reply(self, from, parcel).`;
    }
  }
  return "The desk took the parcel in, and nobody was answered. Whoever was answered noreply is owed a reply. Keep its `from` in the state, and reply to it, with genServer.reply, when the parcel is there.";
}

test("who comes before the parcel is given it when it arrives", () => {
  const played = play(function* ({ self, office, notes, customer }) {
    customer("ann", "ann");
    yield* self.sleep(1_000);
    notes.push("a second later");
    arrive(self, office, "ann", "a book");
    yield* self.sleep(10);
    notes.push("the day goes on");
  });
  const look = played.notes.startsWith("ann")
    ? "She was answered before there was a parcel. A call is answered with what was asked for; that need not be in this callback. Keep its `from`, answer noreply, and reply when the parcel is there."
    : /^a second later; ann has (?!no answer)/.test(played.notes)
      ? "She was given something when it came, and it is not the parcel. What genServer.reply is given last is what the caller has, as it is."
      : (unanswered(played) ??
        "She was not given it when it came. If the callback waits, the whole server waits: the message that brings the parcel lies in the mailbox behind it. A callback has to come back; it is the caller who waits.");
  expect(
    played.notes,
    says(
      "Ann asks for her parcel. It arrives after a second, and she has it at once.",
      played,
      look,
    ),
  ).toBe("a second later; ann has a book; the day goes on");
});

test("while somebody waits the desk serves the others", () => {
  const played = play(function* ({ self, office, notes, customer }) {
    customer("ann", "ann");
    yield* self.sleep(10);
    arrive(self, office, "bob", "a lamp");
    const call = genServer.call(self, office, "onShelf", 100);
    notes.push(`on the shelf: ${yield* tried(call)}`);
    customer("bob", "bob");
    yield* self.sleep(10);
    arrive(self, office, "ann", "a book");
  });
  expect(
    played.notes,
    says(
      "Ann waits. Meanwhile a parcel for bob comes, is counted, and fetched by bob. Then ann's comes.",
      played,
      "The desk has to be free while ann waits, and what comes for bob is not for ann. Look at which name each one waits for.",
    ),
  ).toBe("on the shelf: 1; bob has a lamp; ann has a book");
});

test("who has been given a parcel is not waiting any more", () => {
  const played = play(function* ({ self, office, notes, customer }) {
    customer("ann", "ann");
    yield* self.sleep(10);
    arrive(self, office, "ann", "a book");
    arrive(self, office, "ann", "a hat");
    yield* self.sleep(10);
    const call = genServer.call(self, office, "onShelf");
    notes.push(`on the shelf: ${yield* tried(call)}`);
  });
  expect(
    played.notes,
    says(
      "One waits, two parcels arrive. The second one lies on the shelf.",
      played,
      played.notes.endsWith("2")
        ? "The first parcel was given to her, and lies on the shelf as well."
        : "The second parcel was sent to somebody who had been answered, and a second reply to a call vanishes without an error. Forget a caller when you reply.",
    ),
  ).toBe("ann has a book; on the shelf: 1");
});

test("two who wait for the same name get one parcel each, the first one first", () => {
  const played = play(function* ({ self, office, notes, customer }) {
    customer("ann's son", "ann");
    yield* self.sleep(10);
    customer("ann's daughter", "ann");
    yield* self.sleep(10);
    arrive(self, office, "ann", "a book");
    yield* self.sleep(10);
    notes.push("then");
    arrive(self, office, "ann", "a hat");
    yield* self.sleep(10);
    notes.push("the day goes on");
  });
  const both = played.notes.split("a book").length > 2;
  const look = both
    ? "The same parcel was given to both. Each `from` is one call; one parcel answers one of them, and the others go on waiting."
    : "Several callers may wait at the same time, for the same name as well. The state needs all of them, in the order in which they came, and the oldest is answered first.";
  expect(
    played.notes,
    says(
      "Two wait for parcels of the same name. The one who came first has the first parcel, the other one the second.",
      played,
      look,
    ),
  ).toBe(
    "ann's son has a book; then; ann's daughter has a hat; the day goes on",
  );
});
