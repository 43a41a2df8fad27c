import { expect, test } from "vitest";
import {
  type ExitMessage,
  format,
  formatReport,
  genServer,
  type Process,
  type Self,
  type Step,
  supervisor,
} from "#runtime";
import { trial } from "#runtime/testing";
import { type Client, chat, type Manager } from "./exercise.ts";

interface Evening {
  readonly lines: string[];
  /** What went wrong whatever the scene is about, in words. */
  readonly fault: string | undefined;
}
/** What a scene can do; each step is written down. */
interface Hand {
  readonly lines: string[];
  client(name: string): Client;
  join(name: string, client: Client): Step<void>;
  leave(name: string, client: Client): Step<void>;
  /** Ends the manager, which may have a last word or not. */
  crash(how: "throw" | "kill"): Step<void>;
  names(): Step<void>;
}
type Scene = (self: Self<never>, hand: Hand) => Step<void>;

function evening(scene: Scene, seed = 0): Evening {
  const lines: string[] = [];
  let fault: string | undefined;
  const main = function* main(self: Self<ExitMessage>): Process {
    self.trapExit(true);
    const { flags, children } = chat;
    if (!Array.isArray(children) || typeof flags !== "object") {
      fault = `\`chat\` has \`flags\`, an object, and \`children\`, an array of specs. It is ${format(chat)}.`;
      return;
    }
    const started = yield* supervisor.startLink(self, flags, children);
    if (started[0] !== "ok") {
      lines.push(`the chat does not start: ${format(started)}`);
      fault =
        'The chat did not start. The init of a server gives ["ok", state]. And whomever it asks has to be there already, under the name that it asks for.';
      return;
    }
    yield* scene(self as never, handOf(self as never, lines));
  };
  const { reports, failure } = trial(main, { seed, maxReductions: 20_000 });
  if (failure !== undefined) {
    lines.push(`and then: ${failure}`);
    fault =
      'A call to the manager has failed; its reason stands above. A clause of handleCall gives ["reply", answer, state]. The manager is registered as "manager", and whomever it asks is in the tree, under the name that it asks for.';
  }
  if (
    reports.map(formatReport).join().includes("reached_max_restart_intensity")
  )
    fault =
      "The supervisor gave up, and with it the chat. Its intensity says how many restarts it bears within its period, and is 1 if nobody says so. Who starts after a crash, and crashes again, uses it up as well.";
  return { lines, fault: fault ?? faultIn(lines) };
}

/** What somebody was answered that is no answer. */
function faultIn(lines: readonly string[]): string | undefined {
  const odd = lines.find((it) =>
    /answered (?!"ok"$)| got |^there: no/.test(it),
  );
  if (odd === undefined || odd === NOBODY) return undefined;
  return `"${odd}": join and leave are answered "ok", names with an array of strings, and what is said is heard as ["hear", text].`;
}

const NOBODY = "there: nobody";

function handOf(self: Self<never>, lines: string[]): Hand {
  const ask = function* (what: "join" | "leave", client: Client, name: string) {
    const request =
      what === "join"
        ? (["join", client, name] as const)
        : ([what, client] as const);
    const answer = yield* genServer.call<Manager, typeof request>(
      self,
      "manager",
      request,
    );
    lines.push(`${name}: ${what}, answered ${format(answer)}`);
  };
  return {
    lines,
    client: (name) =>
      self.spawn(function* client(it: Self<readonly ["hear", string]>) {
        while (true) {
          const message = yield* it.receive();
          const [tag, text] = message;
          const isHeard = tag === "hear";
          lines.push(
            isHeard
              ? `${name} hears: ${text}`
              : `${name} got ${format(message)}`,
          );
        }
      }),
    join: (name, client) => ask("join", client, name),
    leave: (name, client) => ask("leave", client, name),
    *crash(how) {
      const before = self.whereis("manager");
      if (how === "throw") {
        genServer.cast<Manager>(self, "manager", ["say", "%crash"]);
      } else if (before) self.sendExit(before, "kill");
      lines.push(
        how === "throw" ? "the manager crashes" : "the manager is killed",
      );
      yield* self.sleep(10);
    },
    *names() {
      const all = yield* genServer.call<Manager, "names">(
        self,
        "manager",
        "names",
      );
      const isList =
        Array.isArray(all) && all.every((one) => typeof one === "string");
      lines.push(
        isList
          ? `there: ${[...all].sort().join(", ") || "nobody"}`
          : `there: no list of names but ${format(all)}`,
      );
    },
  };
}

function says(rule: string, { lines, fault }: Evening, look: string): string {
  const story = lines.map((line) => `  ${line}`).join("\n");
  return `${rule}\n\nWhat happened:\n${story}\n\n${fault ?? look}\n\nIn short`;
}

/** Ann and Bob have come, and something becomes of the manager. */
const afterTwo = (how: "throw" | "kill", then: Scene): Scene =>
  function* scene(self, hand) {
    yield* hand.join("Ann", hand.client("Ann"));
    yield* hand.join("Bob", hand.client("Bob"));
    yield* hand.crash(how);
    yield* then(self, hand);
  };

test("a chat that is started anew begins with nobody", () => {
  evening(afterTwo("kill", (_self, hand) => hand.names()));
  const outcome = evening((_self, hand) => hand.names());
  expect(
    outcome.lines.at(-1),
    says(
      "There was a chat with Ann and Bob. Another one is started, and nobody has joined it.",
      outcome,
      "A variable beside the processes belongs to none of them, and two chats share it. In Erlang there is no such thing. Keep the list in the state of a process.",
    ),
  ).toBe(NOBODY);
});

test("after a crash everybody is there, and hears", () => {
  const outcome = evening(
    afterTwo("throw", function* (self, hand) {
      yield* hand.names();
      yield* hand.crash("throw");
      genServer.cast<Manager>(self, "manager", ["say", "good evening"]);
      yield* self.sleep(10);
    }),
  );
  expect(
    outcome.lines.toSorted(),
    says(
      "Ann and Bob are there. The manager crashes twice. They are there still, and hear what is said.",
      outcome,
      outcome.lines.some((line) => line.endsWith("%crash"))
        ? "The manager did not crash: it throws over the text %crash. That stands for a mistake that nobody has found yet, and stays as it is."
        : "A supervisor brings back the process, not what it knew: a new start is a start with an empty list. Is the list kept by somebody who lives on when the manager dies, and is there before the new one asks? Look at the strategy and at the order.",
    ),
  ).toEqual([
    "Ann hears: good evening",
    'Ann: join, answered "ok"',
    "Bob hears: good evening",
    'Bob: join, answered "ok"',
    "the manager crashes",
    "the manager crashes",
    "there: Ann, Bob",
  ]);
});

test("a manager that is killed loses nobody either", () => {
  const outcome = evening(afterTwo("kill", (_self, hand) => hand.names()));
  expect(
    outcome.lines.at(-1),
    says(
      "The manager is killed. Ann and Bob are there still.",
      outcome,
      "Who is killed has no last word: `terminate` is not called. What is to survive has to be in safety before anything happens.",
    ),
  ).toBe("there: Ann, Bob");
});

test("who was answered ok can rely on it, whenever the crash comes", () => {
  // Each seed is another order in which signals arrive.
  for (let seed = 1; seed <= 60; seed++) {
    const outcome = evening(function* (_self, hand) {
      const ann = hand.client("Ann");
      yield* hand.join("Ann", ann);
      yield* hand.crash("kill");
      yield* hand.join("Bob", hand.client("Bob"));
      yield* hand.crash("kill");
      yield* hand.join("Cid", hand.client("Cid"));
      yield* hand.crash("kill");
      yield* hand.leave("Ann", ann);
      yield* hand.crash("kill");
      yield* hand.names();
    }, seed);
    expect(
      outcome.lines.filter((line) => /^there|leave/.test(line)),
      says(
        "Ann, Bob and Cid have joined, and Ann has left. Each was answered ok, and then the manager was killed.",
        outcome,
        outcome.lines.some((line) => /^there: .*Ann/.test(line))
          ? "Ann is back, although she has left. Somebody has kept her: was that process told that she left, and had it heard so when she was answered?"
          : 'Somebody is missing who was answered ok. A cast that was sent has not arrived yet, and the new manager may ask first. "ok" is a promise: wait until the change is kept.',
      ),
    ).toEqual(['Ann: leave, answered "ok"', "there: Bob, Cid"]);
  }
});

test("who dies is forgotten, with no manager there or with a new one", () => {
  const outcome = evening(function* (self, hand) {
    const [ann, bob] = [hand.client("Ann"), hand.client("Bob")];
    yield* hand.join("Ann", ann);
    yield* hand.join("Bob", bob);
    yield* hand.join("Cid", hand.client("Cid"));
    const dan = hand.client("Dan");
    yield* hand.join("Dan", dan);
    hand.lines.push("Dan dies");
    self.sendExit(dan, "kill");
    yield* self.sleep(10);
    yield* hand.names();
    hand.lines.push("Ann dies, and at the same moment:");
    self.sendExit(ann, "kill");
    yield* hand.crash("kill");
    yield* hand.names();
    hand.lines.push("Bob dies");
    self.sendExit(bob, "kill");
    yield* self.sleep(10);
    yield* hand.names();
  });
  expect(
    outcome.lines.filter((line) => line.startsWith("there")),
    says(
      "Dan dies, then Ann together with the manager, and Bob later. None of them is in the list.",
      outcome,
      outcome.lines.some((line) => /^there: .*Dan/.test(line))
        ? 'Dan was not missed. Whoever keeps the list watches each client from the moment it joins, and takes it out when DOWN has come; that brings a ref, "process", the pid and the reason.'
        : "A monitor belongs to the process that has set it, and dies with it. The new manager watches nobody unless it does so itself; to watch a dead one is no mistake, for DOWN comes at once.",
    ),
  ).toEqual(["there: Ann, Bob, Cid", "there: Bob, Cid", "there: Cid"]);
});
