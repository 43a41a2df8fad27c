import { expect, test } from "vitest";
import type { Self } from "#runtime";
import {
  exchange,
  type Run,
  SimulationError,
  simulate,
} from "#runtime/testing";
import {
  type Client,
  manager,
  type ToClient,
  type ToManager,
} from "./exercise.ts";

interface Room {
  client(name: string): Client;
  tell(message: ToManager): void;
  end(client: Client, reason: string): void;
}
interface Played {
  readonly heard: string;
  readonly story: string;
}

/** Plays a scene; what each client has heard, by name. */
function play(scene: (room: Room) => void): Played {
  const heard = new Map<string, string[]>();
  const main = function* main(self: Self<never>) {
    const room = self.spawn(manager);
    scene({
      client: (name) =>
        self.spawn(function* client(it: Self<ToClient>) {
          heard.set(name, []);
          for (;;) {
            const [, text] = yield* it.receive();
            heard.get(name)?.push(text);
          }
        }),
      tell: (message) => self.send(room, message),
      end: (client, reason) =>
        void self.spawn(function* fate(it: Self<never>) {
          yield* it.sleep(5);
          it.sendExit(client, reason);
        }),
    });
    yield* self.sleep(10);
  };
  const told = ({ trace }: Run): Played => ({
    heard: [...heard].map(([n, all]) => `${n} (${all.join(", ")})`).join(" "),
    story: exchange(trace),
  });
  try {
    return told(simulate(main, { seed: 0, maxReductions: 2_000 }));
  } catch (error) {
    if (error instanceof SimulationError) return told(error.run);
    throw error;
  }
}

function says(rule: string, { heard, story }: Played, look: string): string {
  return `${rule}\n\nWhat happened: ${heard}\n${story}\n\n${look}\n\nIn short`;
}

test("a newcomer is announced to the others and not to itself", () => {
  const played = play(({ client, tell }) => {
    tell(["join", client("Ann"), "Ann"]);
    tell(["join", client("Bob"), "Bob"]);
  });
  const look =
    "Who is in the table when the news goes out? Tell those who are there already, then add the newcomer.";
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
  });
  const look =
    "The speaker was left out. What comes back shows him that it was passed on, and in which order.";
  expect(played.heard, says("Bob speaks; both hear it.", played, look)).toBe(
    "Ann (Bob joined, Bob: hi) Bob (Bob: hi)",
  );
});

test("who has not joined is heard by nobody", () => {
  const played = play(({ client, tell }) => {
    tell(["join", client("Ann"), "Ann"]);
    tell(["say", client("Eve"), "buy this"]);
  });
  const look =
    "Anybody may send anything to anybody. Somebody without an entry in the table has no name to speak under.";
  expect(played.heard, says("Eve speaks without joining.", played, look)).toBe(
    "Ann () Eve ()",
  );
});

test("the others hear of every end, whatever it was, once", () => {
  const played = play(({ client, tell, end }) => {
    const [ann, bob, cid] = [client("Ann"), client("Bob"), client("Cid")];
    tell(["join", ann, "Ann"]);
    tell(["join", bob, "Bob"]);
    tell(["join", cid, "Cid"]);
    end(bob, "kill");
    end(cid, "bored");
  });
  const look =
    "A process that dies sends nothing. Who watches it gets DOWN, whatever it died of; then it belongs out of the table, and the others are told.";
  expect(
    played.heard.split(" Bob (")[0],
    says("Bob is killed and Cid ends: Ann hears each once.", played, look),
  ).toBe("Ann (Bob joined, Cid joined, Bob left, Cid left)");
});
