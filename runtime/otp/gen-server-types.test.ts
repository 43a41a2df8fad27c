import { expect, test } from "vitest";
import type { Step } from "../core/message.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import { type From, type GenServer, genServer, type Server } from "./index.ts";
import { ok, outcome } from "./outcome.ts";

// What must not compile stands behind @ts-expect-error: the compiler fails
// when such a line is right after all. What happens then is shown as well.

interface Account {
  readonly call: { deposit(amount: number): number; balance(): number };
  readonly cast: { reset(): void };
  readonly info: readonly ["interest", percent: number];
}

const account: GenServer<Account, number, [opening: number]> = {
  name: "account",
  init: (_self, opening) => ["ok", opening],
  handleCall: {
    deposit: (_self, balance, amount) => [
      "reply",
      balance + amount,
      balance + amount,
    ],
    balance: (_self, balance) => ["reply", balance, balance],
  },
  handleCast: { reset: () => ["noreply", 0] },
  handleInfo: {
    interest: (_self, balance, percent) => [
      "noreply",
      balance * (1 + percent / 100),
    ],
  },
};

/** Runs with an account of 100. */
function withAccount(
  body: (self: Self<never>, server: Server<Account>) => Step<void>,
) {
  simulate(function* main(self: Self<never>) {
    const server = ok(yield* genServer.start(self, account, [100]));
    yield* body(self, server);
  });
}

test("a reply has the type that the protocol says", () => {
  withAccount(function* (self, server) {
    const balance: number = yield* genServer.call(self, server, ["deposit", 5]);
    expect(balance.toFixed(2)).toBe("105.00");
    // @ts-expect-error a balance is a number.
    const text: string = yield* genServer.call(self, server, "balance");
    expect(text).toBe(105);
  });
});

test("a request that the protocol does not know does not compile, and ends the server", () => {
  withAccount(function* (self, server) {
    // @ts-expect-error there is no withdraw.
    const end = yield* outcome(genServer.call(self, server, ["withdraw", 5]));
    expect(end).toMatchObject(["EXIT", [{ code: "function_clause" }, {}]]);
  });
});

test("a request with the wrong fields does not compile", () => {
  withAccount(function* (self, server) {
    // @ts-expect-error an amount is a number.
    const sum = yield* genServer.call(self, server, ["deposit", "5"]);
    expect(sum).toBe("1005");
    // @ts-expect-error a deposit has an amount.
    yield* genServer.call(self, server, "deposit");
  });
});

test("a call is no cast, and a cast no call", () => {
  withAccount(function* (self, server) {
    // @ts-expect-error reset is a cast.
    const end = yield* outcome(genServer.call(self, server, "reset"));
    expect(end).toMatchObject(["EXIT", [{ code: "function_clause" }, {}]]);
    // @ts-expect-error balance is a call.
    expect(genServer.cast(self, server, "balance")).toBe("ok");
  });
});

test("a message that the server does not take does not compile", () => {
  withAccount(function* (self, server) {
    self.send(server, ["interest", 10]);
    // @ts-expect-error interest has a percentage.
    self.send(server, ["interest"]);
    const balance = yield* genServer.call(self, server, "balance");
    expect(balance).toBeNaN();
  });
});

test("init's arguments are checked, each of them", () => {
  simulate(function* main(self: Self<never>) {
    // @ts-expect-error an opening balance is missing.
    const without = ok(yield* genServer.start(self, account, []));
    expect(yield* genServer.call(self, without, "balance")).toBeUndefined();
    // @ts-expect-error an opening balance is a number.
    const wrong = ok(yield* genServer.start(self, account, ["100"]));
    expect(yield* genServer.call(self, wrong, "balance")).toBe("100");
  });
});

test("a reply of another type does not compile, in an answer or by from", () => {
  const wrong: GenServer<Account, number> = {
    init: () => ["ok", 1],
    handleCall: {
      // @ts-expect-error a balance is a number.
      balance: (_self, balance) => ["reply", `${balance}`, balance],
      deposit(self, balance, _amount, from) {
        const given: From<number> = from;
        // @ts-expect-error a deposit is answered with a number.
        genServer.reply(self, given, "later");
        return ["noreply", balance];
      },
    },
  };
  simulate(function* main(self: Self<never>) {
    const server = ok(yield* genServer.start(self, wrong, []));
    expect(yield* genServer.call(self, server, "balance")).toBe("1");
    expect(yield* genServer.call(self, server, ["deposit", 1])).toBe("later");
  });
});

test("callbacks of another shape do not compile: an answer, a state, a missing clause", () => {
  const broken: GenServer<Account, number> = {
    // @ts-expect-error the state is a number.
    init: () => ["ok", "one"],
    // @ts-expect-error deposit is missing.
    handleCall: { balance: (_self, balance) => ["reply", balance, balance] },
    handleCast: {
      // @ts-expect-error a cast has no reply.
      reset: () => ["reply", 0, 0],
    },
  };
  expect(broken.init({} as Parameters<typeof broken.init>[0])).toEqual([
    "ok",
    "one",
  ]);
});
