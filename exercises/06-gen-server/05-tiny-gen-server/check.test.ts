import { expect, test } from "vitest";
import { after, Exit, format, isPid, type Self, type Step } from "#runtime";
import { exchange, trial } from "#runtime/testing";
import {
  type Callbacks,
  call,
  cast,
  type From,
  type Me,
  reply,
  type Server,
  start,
} from "./exercise.ts";

type Note = (line: string) => void;

interface Played {
  readonly notes: string;
  readonly story: string;
}

/** Plays a scene; what was noted down, and what happened. */
function play(scene: (self: Me, note: Note) => Step<void>, seed = 0): Played {
  const notes: string[] = [];
  const note: Note = (line) => void notes.push(line);
  const body = function* main(self: Self<never>) {
    self.spawn(function* caller(it: Me) {
      const end = yield* ending(scene(it, note));
      if (end !== "went on") note(end);
    });
    yield* self.sleep(60_000);
  };
  const { trace } = trial(body, { seed, maxReductions: 2_000 });
  return {
    notes: notes.join("; "),
    story: exchange(trace.filter((event) => event.kind !== "timeout")),
  };
}

/** What became of a caller, in words. */
function* ending(step: Step<unknown>): Step<string> {
  try {
    yield* step;
    return "went on";
  } catch (caught) {
    if (caught instanceof Exit) return `exit ${inWords(caught.reason)}`;
    // A TypeError and its like is a mistake, and is told as one.
    if (caught instanceof Error && caught.name !== "Error") throw caught;
    return `threw ${format(caught)}`;
  }
}

function inWords(reason: unknown): string {
  return reason instanceof Error ? reason.message : format(reason);
}

/** The other half: it keeps words, and does as it is told. */
const keeper: Callbacks<readonly (string | From)[], [first: string]> = {
  init: (_self, first) => ["ok", [first]],
  handleCall(self, words, request, from) {
    switch (request) {
      case "words":
        return ["reply", words.join(" "), words];
      case "wait":
        return ["noreply", [...words, from]];
      case "release": {
        const waiting = words.find((word) => typeof word !== "string");
        if (waiting) reply(self, waiting as From, "released");
        return ["reply", "done", words.filter((word) => word !== waiting)];
      }
      case "stop":
        return ["stop", "asked to", "bye", words];
      default:
        throw new Error("boom");
    }
  },
  handleCast: (_self, words, request) =>
    request === "stop"
      ? ["stop", "told to", words]
      : ["noreply", [...words, String(request)]],
};

/** A keeper that runs; a start that fails is an answer, and is judged. */
function* keeping(self: Me, note: Note): Step<Server> {
  const started: unknown = yield* start(self, keeper, ["one"]);
  const [isOk, server] = Array.isArray(started) ? started : [];
  if (isOk === "ok" && isPid(server)) return server as Server;
  note(`start gave ${format(started)}`);
  return self.exit("no server");
}

/** What is in the mailbox by the time that nothing more is under way. */
function* leftIn(self: Me): Step<string> {
  yield* self.sleep(10_000);
  const message = yield* self.receive({ _: (one: unknown) => one }, after(0));
  return message === undefined ? "nothing" : format(message);
}

function says(rule: string, { story, notes }: Played, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\nWhat came of it: ${notes || "nothing"}\n\n${look}\n\nIn short`;
}

/** Why there was no call to speak of: where it stopped. */
function unheard({ notes, story }: Played): string | undefined {
  if (notes === "") {
    return "start has not come back: it waits for a word that does not come. Compare what the new process sends, and to whom, with what start waits for.";
  }
  if (notes.startsWith("start gave")) {
    return 'start gives ["ok", server] when init is done, or ["error", reason].';
  }
  if (notes.includes("timeout")) {
    return "The reply has not got to the caller. Compare what reply sends, and to whom, with what call waits for.";
  }
  return story.includes("ends: Error: boom")
    ? "The server was asked for its words, and did not understand. handleCall is given self, the state, the request and from. Do they come in this order, and does the request travel as the loop expects it?"
    : undefined;
}

test("calls and casts of one caller are done in their order", () => {
  const played = play(function* (self, note) {
    const server = yield* keeping(self, note);
    cast(self, server, "two");
    note(`${yield* call(self, server, "words")}`);
    cast(self, server, "three");
    note(`${yield* call(self, server, "words")}`);
  });
  expect(
    played.notes,
    says(
      "A server starts with one word. Two casts and two calls in turn: each call sees what was cast before it.",
      played,
      unheard(played) ??
        "The state that a callback answers with is the state of the next callback. Look at what the loop goes on with, and at what call makes of the reply: it gives the value, and nothing else.",
    ),
  ).toBe("one two; one two three");
});

test("start gives the pid when init is done", () => {
  for (let seed = 0; seed <= 20; seed++) {
    const played = play(function* (self, note) {
      const slow: typeof keeper = {
        ...keeper,
        init(_self, first) {
          note("init");
          return ["ok", [first]];
        },
      };
      const [word] = yield* start(self, slow, ["one"]);
      note(word);
    }, seed);
    expect(
      played.notes,
      says(
        `init is done first, then start gives ok. (Schedule ${seed})`,
        played,
        "The starter went on before init was done. A process that is spawned has a pid, and nothing else yet: it has to say when it is ready, and what it says has to come after init.",
      ),
    ).toBe("init; ok");
  }
});

test("start gives the reason when init refuses or fails", () => {
  const inits: [string, typeof keeper.init][] = [
    ["refuses", () => ["stop", "refuses"]],
    [
      "fails",
      () => {
        throw new Error("fails");
      },
    ],
  ];
  for (const [why, init] of inits) {
    const played = play(function* (self, note) {
      const started = yield* start(self, { ...keeper, init }, ["one"]);
      note(`${started[0]} ${started[0] === "ok" || inWords(started[1])}`);
      note(`left: ${yield* leftIn(self)}`);
    });
    const reason = why === "fails" ? why : format(why);
    expect(
      played.notes,
      says(
        `An init that ${why}: start gives an error with the reason, at once, and nothing of it is left in the mailbox.`,
        played,
        played.notes.startsWith("ok")
          ? "It was said to have started, and had not. That a process runs does not mean that init has come to a good end. The word to the starter belongs behind it."
          : /caller\S* ends: (?:"refuses"|Error: fails)/.test(played.story)
            ? "The starter has died of it: it is linked. A monitor tells of the end as well, and harms nobody."
            : played.notes.startsWith("error")
              ? "start knows that there is no server, and the reason is another one, or something was left behind. A refusal is an exit with the reason that init gave. The monitor's message has it in its last field; when start comes back, the monitor is over."
              : "A process that dies says nothing: whoever waits for its word only waits for ever, or until a time limit that has nothing to do with it. Its death is the other answer, and a monitor tells of it, with the reason.",
      ),
    ).toBe(`error ${reason}; left: nothing`);
  }
});

/** What the caller made of the death, if it has heard of it. */
function missedDeath({ notes, story }: Played): string | undefined {
  if (!story.includes("ends: Error: boom")) {
    return "The server lives on. A callback that throws is its death: nobody knows what its state is worth by then.";
  }
  if (notes.includes("timeout") || notes === "") return undefined;
  if (notes.includes("threw")) {
    return "The caller threw the reason, which makes an error of it that nobody has made. self.exit ends with the reason as it is.";
  }
  return notes.includes("went on")
    ? "The call gave something back, and there was no reply. A call that fails does not return: the caller exits."
    : "The caller exits, and with something else. The reason is the last field of the monitor's message.";
}

test("a call to a dead server, or to one that dies of it, exits with the reason", () => {
  const played = play(function* (self, note) {
    const server = yield* keeping(self, note);
    note(yield* ending(call(self, server, "nonsense", 1_000)));
    yield* self.sleep(10);
    note(yield* ending(call(self, server, "words", 1_000)));
  });
  expect(
    played.notes,
    says(
      "The first call is the death of the server, an error called boom. The second one finds nobody. Both callers exit with the reason.",
      played,
      missedDeath(played) ??
        "The caller did not learn of the death. That no reply comes can mean that the server is slow, and waiting for the time limit does not tell which. Watch the server while you wait: a monitor tells of its death, and says noproc at once if it is dead already.",
    ),
  ).toBe('exit boom; exit "noproc"');
});

test("noreply lets the caller wait until somebody replies", () => {
  const played = play(function* (self, note) {
    const server = yield* keeping(self, note);
    self.spawn(function* waiting(it: Me) {
      note(`waits: ${yield* call(it, server, "wait")}`);
    });
    yield* self.sleep(10);
    note(`${yield* call(self, server, "release")}`);
    yield* self.sleep(10);
    note("later");
  });
  expect(
    played.notes.split("; ").sort().join("; "),
    says(
      "Somebody's call is answered noreply. A second call lets it go, and both have their reply.",
      played,
      !played.notes.includes("waits")
        ? "The one who waits was not let go. handleCall is given self, the state, the request and from; and what it does with this from later has to reach the caller."
        : "The one who was to wait has to get one reply, the one that was given with `reply`. The loop sends nothing after noreply; it only goes on with the new state.",
    ),
  ).toBe("done; later; waits: released");
});

test("a call takes its own reply and no other", () => {
  const played = play(function* (self, note) {
    const server = yield* keeping(self, note);
    note(yield* ending(call(self, server, "wait", 50)));
    // The first call is answered late, while the second one is waiting.
    note(`${yield* call(self, server, "release", 50)}`);
    note(`${yield* call(self, server, "words", 50)}`);
  });
  expect(
    played.notes,
    says(
      "A call is given up after 50 ms. Its reply comes during the next call, which has a reply of its own.",
      played,
      !played.notes.startsWith('exit "timeout"')
        ? "A call whose time is over exits: self.exit, with timeout. To return it would look like a reply, and to throw it like a mistake."
        : !played.notes.includes("released")
          ? "Each call has a reply of its own. Look at the state that the loop goes on with after a reply."
          : "A call was given the reply to another one. They come from the same server to the same mailbox; what tells them apart has to travel with the request and come back with the reply.",
    ),
  ).toBe('exit "timeout"; done; one');
});

test("a call is given up when its own time limit is over", () => {
  const played = play(function* (self, note) {
    const server = yield* keeping(self, note);
    self.spawn(function* clock(it: Self<never>) {
      for (const time of ["40 ms", "60 ms"]) {
        yield* it.sleep(time === "40 ms" ? 40 : 20);
        note(time);
      }
    });
    note(yield* ending(call(self, server, "wait", 50)));
    yield* self.sleep(1_000);
  });
  expect(
    played.notes,
    says(
      "A call has a limit of 50 ms. It waits as long, and no longer.",
      played,
      "The limit is the last that call is given. It says how long this one waits.",
    ),
  ).toBe('40 ms; exit "timeout"; 60 ms');
});

test("a call leaves nothing behind in the mailbox", () => {
  const late = play(function* (self, note) {
    const server = yield* keeping(self, note);
    note(yield* ending(call(self, server, "wait", 50)));
    note(`${yield* call(self, server, "release", 50)}`);
    note(`left: ${yield* leftIn(self)}`);
  });
  expect(
    late.notes,
    says(
      "A call is given up, and its reply comes later. It does not get into the mailbox.",
      late,
      "The late reply lies in the mailbox, and no receive will ever ask for it. The server cannot know that nobody waits any more, so the address has to become worthless: an alias that ends with the call.",
    ),
  ).toBe('exit "timeout"; done; left: nothing');
  const dead = play(function* (self, note) {
    const server = yield* keeping(self, note);
    note(`${yield* call(self, server, "words", 50)}`);
    cast(self, server, "stop");
    note(`left: ${yield* leftIn(self)}`);
  });
  expect(
    dead.notes,
    says(
      "A call is answered. Later the server ends. The caller is not told.",
      dead,
      "A DOWN of a call that was over long ago is in the mailbox. A monitor lasts until it is removed or the other one dies. Remove it with the call, and flush what may have come.",
    ),
  ).toBe("one; left: nothing");
});

test("a callback that says stop ends the server, after the reply", () => {
  const played = play(function* (self, note) {
    for (const how of ["call", "cast"]) {
      const server = yield* keeping(self, note);
      const ref = self.monitor(server);
      if (how === "cast") cast(self, server, "stop");
      else note(`${yield* call(self, server, "stop", 50)}`);
      const why = yield* self.receive(
        { DOWN: (_ref: unknown, ...end: unknown[]) => format(end[2]) } as never,
        after(100, () => "nothing: it lives"),
      );
      self.demonitor(ref, { flush: true });
      note(`ended with ${why}`);
    }
  });
  expect(
    played.notes,
    says(
      'A call is answered ["stop", "asked to", "bye", state]: its caller gets bye, the server ends with "asked to". A cast is answered ["stop", "told to", state].',
      played,
      played.notes.includes("bye")
        ? "A callback that says stop ends the server with the reason that stands behind the word, call or cast: self.exit. In handleCall the reason is followed by what is replied, and by the state."
        : "Compare the three answers of handleCall with what the loop does for each: a stop of a call has a reply in it, and the caller waits for it. It has to go out before the end.",
    ),
  ).toBe('bye; ended with "asked to"; ended with "told to"');
});
