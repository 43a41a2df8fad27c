import { expect, test } from "vitest";
import {
  Exit,
  type ExitMessage,
  format,
  formatReport,
  genServer,
  type Pid,
  type Process,
  type Report,
  type Self,
  type Step,
} from "#runtime";
import { exchange, type Run, trial } from "#runtime/testing";
import { type Cabinet, type GuardServer, guard } from "./exercise.ts";

/** How a guard is ended. */
type End = (self: Self<never>, server: GuardServer) => Step<unknown> | unknown;

interface Night {
  /** What was taken from the cabinet and hung back, in order. */
  readonly keys: string;
  /** Why the guard has ended, or that he walks on. */
  readonly guard: string;
  readonly story: string;
}

/** A cabinet that writes down what becomes of its keys. */
function cabinetWith(book: string[]): Cabinet {
  let taken = 0;
  return {
    take() {
      const key = `key ${++taken}`;
      book.push(`${key} taken`);
      return key;
    },
    giveBack: (key) => void book.push(`${key} back`),
  };
}

/** Starts a guard from a museum, ends him, and looks at the keys. */
function night(by: "museum" | "stranger", end: End, isDark = false): Night {
  const book: string[] = [];
  let server: GuardServer | undefined;
  const acts = function* (self: Self<never>): Step<void> {
    if (!server) return;
    try {
      const step = end(self, server);
      if (isStep(step)) yield* step;
    } catch (caught) {
      if (!(caught instanceof Exit)) throw caught;
      // The museum itself may have to end; the others have nobody to tell.
      if (by === "museum") throw caught;
    }
  };
  const opens = function* museum(self: Self<ExitMessage>): Process {
    self.trapExit(true);
    const args: [Cabinet, boolean] = [cabinetWith(book), isDark];
    const started = yield* genServer.startLink(self, guard, args);
    if (started === "ignore" || started[0] === "error") return;
    server = started[1];
    yield* self.sleep(10);
    if (by === "museum") yield* acts(self as never);
    yield* self.sleep(5_000);
  };
  const body = function* main(self: Self<never>) {
    self.spawn(opens);
    yield* self.sleep(10);
    if (by === "stranger")
      self.spawn(function* stranger(it: Self<never>) {
        yield* acts(it);
      });
    yield* self.sleep(1_000);
  };
  const run = trial(body, { seed: 0, maxReductions: 2_000 });
  return {
    keys: book.join("; "),
    guard: fateOf(server, run),
    story: storyOf(run),
  };
}

function isStep(value: unknown): value is Step<unknown> {
  return typeof value === "object" && value !== null && "next" in value;
}

function fateOf(server: Pid | undefined, { trace }: Run): string {
  if (!server) return "did not start";
  const end = trace.find(
    (event) => event.kind === "exit" && event.pid === server,
  );
  return end?.kind === "exit" ? `ended: ${format(end.reason)}` : "walks on";
}

function storyOf({ trace, reports }: Run): string {
  return [
    exchange(trace.filter((event) => event.kind !== "timeout")),
    ...reports.map((report) => `reported: ${inShort(report)}`),
  ].join("\n");
}

/** A report of the runtime: its title and its first line. */
function inShort(report: Report): string {
  const [title, first = ""] = formatReport(report).split("\n");
  return `${title} ${first.trim()}`;
}

function says(rule: string, played: Night, look: string): string {
  const { story, keys } = played;
  return `${rule}\n\nWhat happened:\n${story}\n\nThe keys: ${keys}\n\n${look}\n\nIn short`;
}

/** What the book of the keys says about how they were given back. */
function about({ keys, guard }: Night, otherwise: string): string {
  const lines = keys.split("; ");
  const back = lines.filter((line) => line.endsWith("back"));
  const stray = back.find(
    (line) => !keys.includes(line.replace("back", "taken")),
  );
  if (stray) {
    return `${stray.replace(" back", "")} was given back, which nobody has taken. terminate is handed self, the reason and the state.`;
  }
  if (back.length > 1) {
    return "The key was given back twice. The second time it may be in somebody else's hand. Let one place do it, the one that every ending comes by: terminate.";
  }
  return guard === "walks on"
    ? "He has not ended at all. Look at what the callback of this ending answers."
    : otherwise;
}

const NOT_BACK =
  "The key was not given back. A callback that gives it back takes care of its own ending and of no other. terminate, which stands beside init and the handlers, is called for all of them, where it can be called at all.";

test("the key is back when the guard ends by itself", () => {
  const endings: Record<string, End> = {
    "goes home": (self, server) => genServer.cast(self, server, "goHome"),
    stumbles: (self, server) => genServer.cast(self, server, "stumble"),
    "is stopped with genServer.stop": (self, server) =>
      genServer.stop(self, server),
  };
  for (const [name, end] of Object.entries(endings)) {
    const played = night("stranger", end);
    expect(
      played.keys,
      says(
        `A guard ${name}: his key is back, once.`,
        played,
        about(played, NOT_BACK),
      ),
    ).toBe("key 1 taken; key 1 back");
    expect(
      played.guard,
      says(
        `A guard ${name}: he ends of that, and of no mistake.`,
        played,
        "The key is back, and he did not end as he was meant to.",
      ),
    ).not.toContain("bad_return_value");
  }
});

test("the key is back when the starter tells the guard to stop, or ends", () => {
  const endings: Record<string, End> = {
    "sends shutdown": (self, server) => self.sendExit(server, "shutdown"),
    ends: (self) => self.exit("closed"),
  };
  for (const [name, end] of Object.entries(endings)) {
    const played = night("museum", end);
    expect(
      [played.keys, played.guard === "walks on"].join(", "),
      says(
        `Whoever has started the guard ${name}: he ends, and his key is back, once.`,
        played,
        about(
          { ...played, guard: "" },
          "A signal ends a process where it stands, and none of its callbacks are run, terminate neither. It is run for the starter's signal only if the server traps exits.",
        ),
      ),
    ).toBe("key 1 taken; key 1 back, false");
  }
});

/** What is wrong with a guard whose dog has run away. */
function withoutDog(played: Night): string {
  const { guard, story, keys } = played;
  if (guard !== "walks on") {
    return about(
      played,
      keys.endsWith("back")
        ? "His key is back, and he did not end with the dog's reason. It is the last field of the EXIT message. A stop answers stop, the reason, the state."
        : "A signal ends a process where it stands, without terminate, unless it traps exits.",
    );
  }
  if (!/takes \["EXIT"/.test(story)) {
    return "The guard walks on without his dog, and was not told of it. He hears of those that he is linked to.";
  }
  return story.includes("undefined handleInfo")
    ? "The guard walks on without his dog. Whoever traps exits is not ended by those who are linked to him any more: he is told. What the link was made for, he now has to do himself when EXIT arrives. And of whom it tells is in it."
    : "The guard took the EXIT of his dog, and walks on. Its clause in handleInfo is given self, the state, who has ended, and the reason. When it is the dog, he stops.";
}

test("the key is back when the dog ends, and the guard ends with it", () => {
  const played = night("stranger", function* (self, server) {
    const dog = yield* genServer.call(self, server, "helper");
    self.sendExit(dog, "ran away");
  });
  expect(
    `${played.keys}; the guard ${played.guard}`,
    says(
      "The dog runs away: the guard ends with the same reason, and his key is back.",
      played,
      withoutDog(played),
    ),
  ).toBe('key 1 taken; key 1 back; the guard ended: "ran away"');
});

test("a stranger's signal does not end a guard at work", () => {
  const played = night("stranger", (self, server) => {
    self.sendExit(server, "boo");
  });
  expect(
    `${played.keys}; the guard ${played.guard}`,
    says(
      'Somebody who has nothing to do with the guard sends him the signal "boo". He walks on, with his key.',
      played,
      "Anybody can send an exit signal. One that traps gets EXIT with the sender's pid in it, and should look at it: only the dog's end is a reason to stop. For the starter's, genServer itself takes care.",
    ),
  ).toBe("key 1 taken; the guard walks on");
});

test("a guard that does not start leaves no key missing", () => {
  const played = night("stranger", () => {}, true);
  const lines = played.keys === "" ? [] : played.keys.split("; ");
  const taken = lines.filter((line) => line.endsWith("taken")).length;
  expect(
    [played.guard, taken - (lines.length - taken)].join(", keys missing: "),
    says(
      "It is too dark. The guard does not start, and no key is missing.",
      played,
      played.guard !== "did not start"
        ? 'He started all the same. init refuses with ["stop", reason], and has to return it.'
        : "terminate belongs to a server that has started. If init says stop, nothing tidies up behind it: whatever it has taken by then, it has to give back itself, or take later.",
    ),
  ).toBe("did not start, keys missing: 0");
});

test("the key that is given back is the one that is held", () => {
  const played = night("stranger", function* (self, server) {
    yield* genServer.call(self, server, "swap");
    genServer.cast(self, server, "goHome");
  });
  expect(
    played.keys,
    says(
      "A guard swaps his key for another one and goes home. The second one is given back.",
      played,
      "terminate is handed the state as it is at the end. What was true at the beginning may be long over.",
    ),
  ).toBe("key 1 taken; key 1 back; key 2 taken; key 2 back");
});
