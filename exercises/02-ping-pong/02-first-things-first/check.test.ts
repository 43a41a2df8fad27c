import { expect, test } from "vitest";
import { format, type Pid, type Self, send } from "#runtime";
import { exchange, trial, uncaughtIn } from "#runtime/testing";
import { clerk, type ToClerk } from "./exercise.ts";

/** What a clerk did with a mailbox: what it read, and the whole story. */
interface Morning {
  readonly read: readonly string[];
  /** "home", or what it is still doing when nobody sends it letters any more. */
  readonly end: "home" | "waits" | "busy";
  readonly story: string;
  /** When it went home; it may have waited before. */
  readonly endedAtMs: number;
  /** What was taken out of the mailbox. */
  readonly taken: readonly unknown[];
  /** What came and was never taken. */
  readonly left: readonly unknown[];
  /** Whether it has begun a process of its own. */
  readonly hasSpawned: boolean;
  readonly thrown: string | undefined;
}

/**
 * Fills the mailbox before the clerk begins. `arriving` names letters that come
 * in while another is read: they are sent when that one's text is read.
 */
function morning(
  mailbox: readonly ToClerk[],
  arriving: Readonly<Record<string, ToClerk>> = {},
): Morning {
  const read: string[] = [];
  let reader: Pid<ToClerk> | undefined;
  const body = function* office(self: Self<never>) {
    reader = self.spawn(clerk, (text) => {
      read.push(text);
      const next = arriving[text];
      if (next && reader) send(reader, next);
    });
    for (const letter of mailbox) self.send(reader, letter);
    yield* self.sleep(60_000);
  };
  const run = trial(body, { seed: 0, maxReductions: 500 });
  const { trace, failure } = run;
  const exit = trace.find(
    (event) => event.kind === "exit" && event.pid === reader,
  );
  const ofClerk = trace.filter(
    (event) =>
      event.kind === "receive" ||
      ("pid" in event && event.pid === reader && event.kind !== "timeout"),
  );
  const taken = trace.flatMap((event) =>
    event.kind === "receive" && event.pid === reader ? [event.message] : [],
  );
  const sent = trace.flatMap((event) =>
    event.kind === "deliver" && event.to === reader ? [event.message] : [],
  );
  return {
    read,
    end: failure !== undefined ? "busy" : exit ? "home" : "waits",
    endedAtMs: exit?.atMs ?? 0,
    story: exchange(ofClerk),
    taken,
    left: sent.filter((message) => !taken.includes(message)),
    hasSpawned: trace.some(
      (event) => event.kind === "spawn" && event.parent === reader,
    ),
    thrown: uncaughtIn(run),
  };
}

/** What a failing check says: the rule, the mailbox, the run, where to look. */
function says(
  rule: string,
  mailbox: readonly ToClerk[],
  { story, read, end, thrown }: Morning,
  look: string,
): string {
  const front = mailbox.map((letter) => `  ${format(letter)}`).join("\n");
  const last = {
    home: "",
    waits: "  … and then it waits, for ever.",
    busy: "  … and then it calls itself without end.",
  }[end];
  const events = [story, last].filter((line) => line !== "").join("\n");
  return `${rule}\n\nIn the mailbox, oldest first:\n${front || "  nothing"}\n\nWhat happened:\n${events}\n\nRead: ${read.join(", ") || "nothing"}\n\n${thrown ?? look}\n\nIn short`;
}

const FULL: readonly ToClerk[] = [
  ["letter", "invoice"],
  ["urgent", "fire"],
  ["letter", "postcard"],
  ["urgent", "flood"],
  ["letter", "advert"],
];
const isUrgent = (text: string) => text === "fire" || text === "flood";

/** What went wrong whatever the order is: letters lost, left or made up. */
function amiss({ read, taken, left, end, hasSpawned }: Morning): string {
  const texts = [...taken, ...left].map((message) => (message as ToClerk)[1]);
  const strange = read.find((text) => ![...texts, "home"].includes(text));
  if (strange !== undefined || read.includes(undefined as never)) {
    return `read was called with ${format(strange)}, which is no letter's text. At the end it is read("home"), in these letters: a function () => … says what it is called with.`;
  }
  const lost = taken.find((message) => !read.includes((message as ToClerk)[1]));
  if (lost !== undefined) {
    return `${format(lost)} was taken and not read. What a clause takes out of the mailbox is gone; a receive that should leave a message alone must not name it, not even with \`_\`.`;
  }
  if (left.length === 0 || end === "busy") return "";
  if (hasSpawned) {
    return "The clerk has spawned somebody, whose mailbox is a new and empty one. The letters lie in the clerk's. A function that is called, and not spawned, goes on in the same process.";
  }
  if (end === "home" && !read.includes("home")) {
    return "The clerk ended in the middle of it. What is to be done when nothing was found is the second argument of `after`, a function; and what it or a clause returns is what the process goes on with. A yield* takes one round of it and drops the rest.";
  }
  const kinds = new Set(left.map((message) => (message as ToClerk)[0]));
  const [kind] = kinds;
  return kinds.size === 1 && !taken.some((one) => (one as ToClerk)[0] === kind)
    ? `No ${format(kind)} was ever taken. A clause is named with the tag that stands first in the message, the same word in the same letters; and when its receive finds nothing, \`after(0)\` goes on with what finds the others.`
    : "";
}

test("urgent letters are read before the others, wherever they stand", () => {
  const done = morning(FULL);
  const first = done.read.slice(0, 2);
  const look =
    amiss(done) ||
    (first[0] === "invoice"
      ? "The letter at the front won. A receive takes the oldest message that fits any of its clauses; the order in which the clauses are written does not rank them. As long as one receive names both kinds, the older one is taken."
      : first.length < 2
        ? "The clerk stopped before both urgent letters were read. Look at what is called when one has been read, and at the `after`."
        : "After one urgent letter an ordinary one was read, though another urgent letter stood further back. One receive takes one message: look for urgent letters until a receive finds none.");
  expect(
    first.toSorted().join(", "),
    says(
      "All urgent letters are read before any other, wherever they stand.",
      FULL,
      done,
      look,
    ),
  ).toBe("fire, flood");
});

test("of two urgent letters the older is read first", () => {
  const done = morning(FULL);
  expect(
    done.read.filter(isUrgent).join(", "),
    says(
      "Of several urgent letters the one that came first is read first.",
      FULL,
      done,
      "The urgent letters were turned round. A receive looks from the oldest message on, so reading each as it is taken keeps their order. If they are collected first, the last one ends on top: to put something in front of a list is a stack, and a mailbox is a queue.",
    ),
  ).toBe("fire, flood");
});

test("the other letters follow, all of them, in the order in which they came", () => {
  const done = morning(FULL);
  const rest = done.read.filter((text) => !isUrgent(text) && text !== "home");
  expect(
    rest,
    says(
      "When no urgent letter is left, the others are read in their order.",
      FULL,
      done,
      done.end === "waits" && done.left.length > 0
        ? "The ordinary letters are still in the mailbox. A receive whose clauses name none of what is there waits; that others stand in the mailbox does not end it. `after(0)` looks through the mailbox once and then goes on."
        : amiss(done) ||
            (done.left.length > 0
              ? "The clerk went home though letters were left. That a receive with `after(0)` found nothing means that there is nothing for its clauses; the mailbox may be full of others."
              : "The order of the others has changed. They keep their places in the mailbox while urgent ones are taken out from between them; nothing has to be put back."),
    ),
  ).toEqual(["invoice", "postcard", "advert"]);
});

test("an urgent letter that comes in later goes before the letters that wait", () => {
  const mailbox: readonly ToClerk[] = [
    ["letter", "invoice"],
    ["letter", "postcard"],
    ["letter", "advert"],
  ];
  const done = morning(mailbox, { invoice: ["urgent", "fire"] });
  expect(
    done.read.filter((text) => text !== "home").join(", "),
    says(
      'While "invoice" is read, ["urgent", "fire"] comes in. It is read next.',
      mailbox,
      done,
      "The mailbox was searched for urgent letters once, at the start. That none was there then says nothing about now: a mailbox fills while a process works. After each ordinary letter, look for urgent ones again.",
    ),
  ).toBe("invoice, fire, postcard, advert");
});

test("when no letter is left the clerk goes home and does not wait", () => {
  for (const mailbox of [[], FULL] as const) {
    const done = morning(mailbox);
    expect(
      done.end,
      says(
        "With nothing left to read, the clerk ends.",
        mailbox,
        done,
        done.end === "busy"
          ? "It looks through the empty mailbox over and over. When a receive for any letter finds nothing, there is nothing: that is the moment to go home, not to look again."
          : "It waits for a letter that nobody sends. An empty mailbox ends nothing: a receive without `after` waits until something matches, however long. Which of the receives has no `after(0)`?",
      ),
    ).toBe("home");
    expect(
      done.endedAtMs,
      says(
        "The clerk does not wait for more.",
        mailbox,
        done,
        `It went home after ${done.endedAtMs} ms of waiting, though nothing was there. \`after(0)\` looks once and does not wait at all; a larger number is a wait.`,
      ),
    ).toBe(0);
    const homes = done.read.filter((text) => text === "home").length;
    expect(
      homes,
      says(
        'At the end the clerk calls read("home"), once.',
        mailbox,
        done,
        homes > 1
          ? `It was called ${homes} times. A call that stands in the argument of \`after\` is made at once, each time the receive begins; what is to be called later is given as a function, () => …. And it is called in one place, where neither kind of letter was found.`
          : "It was not called. Look at what happens when a receive finds neither an urgent letter nor another one.",
      ),
    ).toBe(1);
  }
});
