import { expect, test } from "vitest";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import { type GenServer, genServer } from "./index.ts";
import { ok, outcome } from "./outcome.ts";

interface Account {
  readonly call: {
    deposit(amount: number): number;
    balance(): number;
    crash(): never;
  };
  readonly cast: { reset(): void };
  readonly info: ["interest", percent: number] | "tick";
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
    crash: () => {
      throw new Error("boom");
    },
  },
  handleCast: { reset: () => ["noreply", 0] },
  handleInfo: {
    interest: (_self, balance, percent) => [
      "noreply",
      balance * (1 + percent / 100),
    ],
  },
};

test("a server answers calls, casts and other messages in their order", () => {
  simulate(
    function* main(self: Self<never>) {
      const server = ok(yield* genServer.start(self, account, [100]));
      self.send(server, ["interest", 10]);
      const balance: number = yield* genServer.call(self, server, "balance");
      expect(balance).toBeCloseTo(110);
      genServer.cast(self, server, "reset");
      const after = yield* genServer.call(self, server, ["deposit", 5]);
      expect(after).toBe(5);
      const end = yield* outcome(genServer.call(self, server, "crash"));
      expect(end).toMatchObject([
        "EXIT",
        [new Error("boom"), ["gen_server", "call", [server, "crash"]]],
      ]);
    },
    { schedules: 20 },
  );
});

test("a tuple that only begins like a request is a message like any other", () => {
  const odd = [
    ...["$gen_call", "$gen_cast", "$system", "EXIT"],
    ...[["$gen_call"], ["$gen_call", "a"], ["$gen_call", "a", "b", "c"]],
    ...[["$gen_cast"], ["$gen_cast", "a", "b"], ["$system"], ["$system", "a"]],
  ];
  interface Log {
    readonly call: { all(): readonly unknown[] };
  }
  const log = {
    init: () => ["ok", []],
    handleCall: { all: (_self, seen) => ["reply", seen, seen] },
    handleInfo: {
      _: (_self: unknown, seen: unknown[], message: unknown) => [
        "noreply",
        [...seen, message],
      ],
    },
  } as GenServer<Log, unknown[]>;
  simulate(function* main(self: Self<never>) {
    const server = ok(yield* genServer.start(self, log, []));
    const endless = ["EXIT", self.pid];
    for (const message of [...odd, endless]) {
      self.send(server as Pid<unknown>, message);
    }
    const seen = yield* genServer.call(self, server, "all");
    expect(seen).toEqual([...odd, endless]);
  });
});
