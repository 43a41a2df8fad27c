import { expect, test } from "vitest";
import {
  Exit,
  format,
  type GenServer,
  genServer,
  type Self,
  type Step,
} from "#runtime";
import { exchange, trial } from "#runtime/testing";
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
  readonly elapsedMs: number;
}

/** A scene with an account behind a network; in the end, its balance. */
function play(fates: readonly Fate[], scene: (pay: Pay) => Step<void>): Played {
  const notes: string[] = [];
  const payer = function* payer(self: Self<never>) {
    yield* scene(function* (id, amount, to = "network") {
      try {
        notes.push(format(yield* deposit(self, to, id, amount)));
      } catch (error) {
        if (!(error instanceof Exit)) {
          notes.push(`threw ${error}`);
          throw error;
        }
        // A call exits with why and what was called; the latter is not asked.
        const why = error.reason;
        const isCall = Array.isArray(why) && why.length === 2;
        notes.push(isCall ? `exit [${format(why[0])}, …]` : `exit ${why}`);
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
    notes.push(`balance ${format(balance)}`);
  };
  const run = trial(main, { seed: 0, maxReductions: 5_000 });
  return {
    notes: notes.join("; "),
    story: exchange(run.trace),
    elapsedMs: run.elapsedMs,
  };
}

function says(rule: string, { notes, story }: Played, look: string): string {
  return `${rule}\n\nWhat happened: ${notes}\n${story}\n\n${faultIn(notes) ?? look}\n\nIn short`;
}

/** What went wrong whatever the scene is about, in words. */
function faultIn(notes: string): string | undefined {
  if (notes === "")
    return "`deposit` has not come to its end. When the call has answered, it returns what was answered; after the last try it throws what the call has thrown. Otherwise the loop goes on.";
  if (notes.includes("bad_return_value"))
    return 'The account ended over what its own clause gave back. That is ["reply", answer, state], in this order, and nothing shorter.';
  if (notes.startsWith("undefined"))
    return "`deposit` has come to its end and gave nothing back. It returns what the call has answered, or throws what the last call has thrown.";
  if (
    notes.split("; ").some((it) => !/^(exit|threw|(balance )?-?\d+$)/.test(it))
  )
    return 'Somebody was told what is no number. A request is ["deposit", id, amount], and what comes back is ["reply", balance, state].';
  if (/^\d.*balance 0$/.test(notes))
    return "Somebody was told a balance, and the account says 0. The new balance and the answers are one new state. What is kept beside it, in the module, belongs to all accounts at once.";
  return undefined;
}

test("a deposit is answered with the new balance", () => {
  const played = play(["pass"], function* (pay) {
    yield* pay("a", 10);
    yield* pay("b", 5);
  });
  const look = played.notes.startsWith("exit")
    ? 'Nothing is lost here, and the call has failed. Who calls waits for ["reply", answer, state]; ["noreply", state] lets it wait.'
    : "Every deposit that is new is added to the balance, and the answer is what the balance is then.";
  expect(
    played.notes,
    says("Ten and five make fifteen; nothing is lost.", played, look),
  ).toBe("10; 15; balance 15");
});

test("a request that was lost is asked again", () => {
  const played = play(["lose request", "pass"], (pay) => pay("a", 10));
  const look = played.notes.startsWith("exit")
    ? 'The caller went with the first time-out. Time-out does not mean no: ask again. The reason of such an exit is a tuple, ["timeout", …], and not the word.'
    : "Time-out does not mean no. The request never arrived, so ask again.";
  expect(
    played.notes,
    says("The first request is lost, the second arrives.", played, look),
  ).toBe("10; balance 10");
});

test("a reply that was lost does not deposit twice", () => {
  const played = play(["lose reply", "lose reply", "pass"], (pay) =>
    pay("a", 10),
  );
  const look = played.notes.startsWith("exit")
    ? 'The third try arrives, and nothing is answered to it. To an id that is known the account replies what it has replied before: ["reply", answer, state].'
    : "No answer does not mean that nothing was done. The account was asked again and did it again. It has seen this id before: let it remember.";
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
    yield* pay("c", 1);
    yield* pay("b", 5);
  });
  const look =
    "A repeated request is answered as if its first answer had arrived. Keep that answer, the balance of then, beside the id, and keep those of all ids.";
  expect(
    played.notes,
    says("a gets 10, b 15, c 16, and b again gets 15.", played, look),
  ).toBe("10; 15; 16; 15; balance 16");
});

test("an account that ends over a request ends the caller", () => {
  const played = play(["pass"], (pay) => pay("a", 10, "burning"));
  const look =
    "The account has ended over this request, and the caller went on to ask. To ask again helps against silence, not against an end. Look at the reason before you try again.";
  expect(
    played.notes,
    says('The account ends with "fire", and so does the call.', played, look),
  ).toBe('exit ["fire", …]; balance 0');
});

test("who gets no answer gives up after five tries", () => {
  const played = play(["lose request"], (pay) => pay("a", 10));
  const tries = played.story.match(/takes \["\$gen_call"/g)?.length ?? 0;
  const look =
    "Somebody waits for the end of this. After the last try, throw what the call has thrown.";
  expect(
    played.notes,
    says("Every request is lost. The last exit is thrown.", played, look),
  ).toBe('exit ["timeout", …]; balance 0');
  expect(tries, says("There are five tries and a balance.", played, look)).toBe(
    6,
  );
  expect(
    played.elapsedMs < 5_000,
    says(
      "Five tries of 100 ms each are over in less than 5 s.",
      played,
      "A call takes a limit of its own behind the request, and 5 seconds if none is given.",
    ),
  ).toBe(true);
});
