import { expect, test } from "vitest";
import { format, type Pid, type Self } from "#runtime";
import { exchange, type Run, trial } from "#runtime/testing";
import {
  type Client,
  manager,
  type ToClient,
  type ToManager,
} from "./exercise.ts";

interface Room {
  client(name: string): Client;
  tell(message: ToManager): void;
  end(client: Client, reason: string, atMs: number): void;
}
interface Played {
  readonly heard: string;
  readonly story: string;
  /** What went wrong whatever the scene is about, in words. */
  readonly fault: string | undefined;
  /** Who was told something after the manager had got his DOWN. */
  readonly toldTheDead: string;
}

/** Plays a scene; what each client has heard, by name. */
function play(scene: (room: Room) => void): Played {
  const heard = new Map<string, string[]>();
  const names = new Map<Pid, string>();
  let managerIs: Pid | undefined;
  const main = function* main(self: Self<never>) {
    const room = self.spawn(manager);
    managerIs = room;
    scene({
      client(name) {
        heard.set(name, []);
        const pid = self.spawn(function* client(it: Self<ToClient>) {
          for (;;) heard.get(name)?.push(hearing(yield* it.receive()));
        });
        names.set(pid, name);
        return pid;
      },
      tell: (message) => self.send(room, message),
      end: (client, reason, atMs) =>
        void self.spawn(function* fate(it: Self<never>) {
          yield* it.sleep(atMs);
          it.sendExit(client, reason);
        }),
    });
    yield* self.sleep(10);
  };
  const { trace } = trial(main, { seed: 0, maxReductions: 2_000 });
  return {
    heard: [...heard].map(([n, all]) => `${n} (${all.join(", ")})`).join(" "),
    story: exchange(trace),
    fault: faultIn(trace, managerIs, [...heard.values()].flat()),
    toldTheDead: toldTheDead(trace)
      .map((pid) => names.get(pid))
      .join(", "),
  };
}

const INSTEAD = ' instead of ["msg", text]';

/** What a client hears; all that is no ["msg", text] as it came. */
function hearing(message: ToClient): string {
  const [tag, text] = message;
  const isHeard = tag === "msg" && message.length === 2;
  return isHeard ? text : `${format(message)}${INSTEAD}`;
}

const SENTENCE = /^\w+ joined$|^\w+ left$|^\w+: /;

function faultIn(
  trace: Run["trace"],
  room: Pid | undefined,
  heard: readonly string[],
): string | undefined {
  for (const event of trace) {
    if (event.kind !== "exit" || event.pid !== room) continue;
    return `The manager ended, with ${format(event.reason)}. It ends when its body does, so each clause has to go on with the manager. And it ends with whom it is linked to.`;
  }
  const came = trace.some((it) => it.kind === "down" && it.to === room);
  const taken = trace.some(
    (it) => it.kind === "receive" && (it.message as unknown[])[0] === "DOWN",
  );
  if (came && !taken)
    return "A DOWN came to the manager, and no clause took it. A clause has the name of its tag, to the letter: DOWN.";
  const odd = heard.find((text) => !SENTENCE.test(text));
  if (odd?.endsWith(INSTEAD))
    return `A client got ${odd}: the tag first, then the text.`;
  if (odd !== undefined)
    return `Somebody heard "${odd}". The sentences are "NAME joined", "NAME: TEXT" and "NAME left", to the letter.`;
  if (heard.includes("undefined left"))
    return 'The one who left was not found in the table. DOWN brings a ref, "process", the pid and the reason, in this order. The table is looked up by the pid, as long as the pid is in it. And who is watched twice is told of twice.';
  return undefined;
}

function toldTheDead(trace: Run["trace"]): Pid[] {
  const dead = new Set<unknown>();
  return trace.flatMap((event) => {
    if (event.kind === "receive") {
      const [tag, , , pid] = event.message as unknown[];
      if (tag === "DOWN") dead.add(pid);
    }
    return event.kind === "send" && dead.has(event.to) ? [event.to] : [];
  });
}

function says(
  rule: string,
  { heard, story, fault }: Played,
  look: string,
): string {
  return `${rule}\n\nWhat happened: ${heard}\n${story}\n\n${fault ?? look}\n\nIn short`;
}

test("a newcomer is announced to the others and not to itself", () => {
  const played = play(({ client, tell }) => {
    tell(["join", client("Ann"), "Ann"]);
    tell(["join", client("Bob"), "Bob"]);
  });
  const look = played.heard.includes("joined")
    ? "Who is in the table when the news goes out? Tell those who are there already, then add the newcomer."
    : "Nobody heard anything. self.send takes the address first and then the message, and the address of a client is its pid.";
  expect(
    played.heard,
    says("Ann joins, then Bob: Ann hears of Bob.", played, look),
  ).toBe("Ann (Bob joined) Bob ()");
});

test("everybody hears what is said, the speaker included", () => {
  const played = play(({ client, tell }) => {
    const [ann, bob] = [client("Ann"), client("Bob")];
    tell(["join", ann, "Ann"]);
    tell(["join", bob, "Bob"]);
    tell(["say", bob, "hi"]);
    tell(["say", ann, "hello"]);
  });
  const look =
    "Everybody in the table is told, the speaker as well. What comes back shows him that it was passed on, and in which order.";
  expect(
    played.heard,
    says("Bob speaks, then Ann; both hear both.", played, look),
  ).toBe("Ann (Bob joined, Bob: hi, Ann: hello) Bob (Bob: hi, Ann: hello)");
});

test("who has not joined is heard by nobody", () => {
  const played = play(({ client, tell }) => {
    const ann = client("Ann");
    tell(["join", ann, "Ann"]);
    tell(["say", client("Eve"), "buy this"]);
    tell(["say", ann, "hi"]);
  });
  const look =
    "Anybody may send anything to anybody. Somebody without an entry in the table has no name to speak under.";
  expect(
    played.heard,
    says("Eve speaks without joining, then Ann, who has.", played, look),
  ).toBe("Ann (Ann: hi) Eve ()");
});

test("the others hear of every end, whatever it was, once", () => {
  const played = play(({ client, tell, end }) => {
    const [ann, bob, cid] = [client("Ann"), client("Bob"), client("Cid")];
    tell(["join", ann, "Ann"]);
    tell(["join", bob, "Bob"]);
    tell(["join", cid, "Cid"]);
    tell(["say", bob, "hi"]);
    end(bob, "kill", 5);
    end(cid, "bored", 6);
  });
  const look = played.heard.split(" Bob (")[0]?.includes("Bob left")
    ? "Bob was missed and Cid was not. Each is watched from the moment it joins. And after Bob's DOWN the manager goes on with all others in its table."
    : "A process that dies sends nothing. Who watches it, once, from the moment it joins, gets one DOWN, whatever it died of. Then the others are told.";
  expect(
    played.heard.split(" Bob (")[0],
    says("Bob is killed and Cid ends: Ann hears each once.", played, look),
  ).toBe("Ann (Bob joined, Cid joined, Bob: hi, Bob left, Cid left)");
  expect(
    played.toldTheDead,
    says(
      "Who has gone is told nothing more.",
      played,
      "After his DOWN somebody was still sent what happened. He belongs out of the table.",
    ),
  ).toBe("");
});
