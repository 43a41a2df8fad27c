import { expect, test } from "vitest";
import {
  Exit,
  format,
  type GenServer,
  genServer,
  type Self,
  type Step,
} from "#runtime";
import {
  exchange,
  type Run,
  SimulationError,
  simulate,
} from "#runtime/testing";
import { type Account, account, deposit } from "./exercise.ts";

/** What the network does with a request: pass, lose it, or lose its reply. */
type Fate = "pass" | "lose request" | "lose reply";

/** Stands between the caller and the account; the last fate is for all others. */
const network: GenServer<Account, readonly Fate[], [fates: readonly Fate[]]> = {
  name: "network",
  init: (_self, fates) => ["ok", fates],
  handleCall: {
    *deposit(self, [fate = "pass", ...rest], id, amount) {
      const left = rest.length > 0 ? rest : [fate];
      if (fate === "lose request") return ["noreply", left];
      const request = ["deposit", id, amount] as const;
      const reply = yield* genServer.call<Account, typeof request>(
        self,
        "account",
        request,
      );
      return fate === "pass" ? ["reply", reply, left] : ["noreply", left];
    },
    balance: (_self, fates) => ["reply", 0, fates],
  },
};

/** Ends over the first request. */
const burning: GenServer<Account, "no state"> = {
  name: "burning",
  init: () => ["ok", "no state"],
  handleCall: {
    deposit: (_self, state) => ["stop", "fire", state],
    balance: (_self, state) => ["reply", 0, state],
  },
};

type Pay = (id: string, amount: number, to?: string) => Step<void>;

interface Played {
  readonly notes: string;
  readonly story: string;
}

/** A scene with an account behind a network; in the end, its balance. */
function play(fates: readonly Fate[], scene: (pay: Pay) => Step<void>): Played {
  const notes: string[] = [];
  const payer = function* payer(self: Self<never>) {
    yield* scene(function* (id, amount, to = "network") {
      try {
        notes.push(`${yield* deposit(self, to, id, amount)}`);
      } catch (error) {
        const why = error instanceof Exit ? error.reason : error;
        notes.push(`exit ${format(Array.isArray(why) ? why[0] : why)}`);
      }
    });
    self.send("main", "done");
  };
  const main = function* main(self: Self<"done">) {
    self.register("main");
    yield* genServer.start(self, account, [], { name: "account" });
    yield* genServer.start(self, network, [fates], { name: "network" });
    yield* genServer.start(self, burning, [], { name: "burning" });
    self.spawn(payer);
    yield* self.receive({ done: () => {} });
    const balance = yield* genServer.call<Account, "balance">(
      self,
      "account",
      "balance",
    );
    notes.push(`balance ${balance}`);
  };
  const told = (run: Run): Played => ({
    notes: notes.join("; "),
    story: exchange(run.trace),
  });
  try {
    return told(simulate(main, { seed: 0, maxReductions: 5_000 }));
  } catch (error) {
    if (error instanceof SimulationError) return told(error.run);
    throw error;
  }
}

function says(rule: string, { story }: Played, look: string): string {
  return `${rule}\n\nWhat happened:\n${story}\n\n${look}\n\nIn short`;
}

test("a request that was lost is asked again", () => {
  const played = play(["lose request", "pass"], (pay) => pay("a", 10));
  const look =
    "Time-out does not mean no. The request never arrived, so ask again.";
  expect(
    played.notes,
    says("The first request is lost, the second arrives.", played, look),
  ).toBe("10; balance 10");
});

test("a reply that was lost does not deposit twice", () => {
  const played = play(["lose reply", "lose reply", "pass"], (pay) =>
    pay("a", 10),
  );
  const look =
    "No answer does not mean that nothing was done. The account was asked again and did it again. It has seen this id before: let it remember.";
  expect(
    played.notes,
    says("Two replies are lost; ten were deposited, once.", played, look),
  ).toBe("10; balance 10");
});

test("two deposits of one amount are two", () => {
  const played = play(["pass"], function* (pay) {
    yield* pay("a", 10);
    yield* pay("b", 10);
  });
  const look =
    "Two people have paid in the same amount, and one was taken for the other's second try. Only the id says which deposit it is.";
  expect(
    played.notes,
    says("Two ids are two deposits of ten.", played, look),
  ).toBe("10; 20; balance 20");
});

test("the same deposit gets the same answer, whatever came between", () => {
  const played = play(["pass"], function* (pay) {
    yield* pay("a", 10);
    yield* pay("b", 5);
    yield* pay("a", 10);
  });
  const look =
    "A repeated request is answered as if its first answer had arrived. Keep the answer, not only the id.";
  expect(
    played.notes,
    says("a gets 10, b gets 15, and a again gets 10.", played, look),
  ).toBe("10; 15; 10; balance 15");
});

test("an account that ends over a request ends the caller", () => {
  const played = play(["pass"], (pay) => pay("a", 10, "burning"));
  const look =
    "The account has ended over this request, and the caller went on to ask. To ask again helps against silence, not against an end. Look at the reason before you try again.";
  expect(
    played.notes,
    says('The account ends with "fire", and so does the call.', played, look),
  ).toBe('exit "fire"; balance 0');
});

test("who gets no answer gives up after five tries", () => {
  const played = play(["lose request"], (pay) => pay("a", 10));
  const tries = played.story.match(/takes \["\$gen_call"/g)?.length ?? 0;
  const look =
    "Somebody waits for the end of this. After the last try, throw what the call has thrown.";
  expect(
    played.notes,
    says("Every request is lost. The last exit is thrown.", played, look),
  ).toBe('exit "timeout"; balance 0');
  expect(tries, says("There are five tries and a balance.", played, look)).toBe(
    6,
  );
});
