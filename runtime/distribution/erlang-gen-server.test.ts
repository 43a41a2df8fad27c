import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  after,
  type GenServer,
  genServer,
  getState,
  getStatus,
  replaceState,
  resume,
  type Self,
  suspend,
} from "#runtime";
import { withoutErlang } from "../real-erlang.ts";
import type { ErlangNode } from "./epmd/erlang-node.ts";
import { Neighbourhood } from "./erlang-peer.ts";
import { nodeOf } from "./node-of.ts";
import type { Place } from "./two-nodes.ts";

const HERE = "ts@127.0.0.1";
const THERE = "erl@127.0.0.1";

interface Account {
  call: {
    deposit(amount: number): number;
    balance(): number;
    later(): readonly [string, number];
  };
  cast: { reset(): void };
}
type Request = "balance" | ["deposit", number];
const account: GenServer<Account, number, [number]> = {
  init: (_self, opening) => ["ok", opening],
  handleCall: {
    deposit: (_self, balance, amount) => {
      const sum = balance + amount;
      return ["reply", sum, sum];
    },
    balance: (_self, balance) => ["reply", balance, balance],
    later: (self, balance, from) => {
      self.spawn(function* (it: Self<never>) {
        yield* it.yield();
        genServer.reply(it, from, ["later", balance]);
      });
      return ["noreply", balance];
    },
  },
  handleCast: { reset: () => ["noreply", 0] },
};

describe.skipIf(withoutErlang)(
  "generic servers on both sides of Erlang",
  { timeout: 20_000 },
  () => {
    let street: Neighbourhood;
    let here: Place;
    let erl: ErlangNode;

    beforeAll(async () => {
      street = await Neighbourhood.open();
      here = await street.here(HERE);
      erl = await street.erl(THERE);
      // As bytes: which letters erl reads and finds depends on the locale.
      const folder = [...Buffer.from(import.meta.dirname)].join();
      await erl.evaluate(
        `ok = file:set_cwd(<<${folder}>>),
       {ok, account, Code} = compile:file("account", [binary]),
       code:load_binary(account, "account.erl", Code)`,
      );
    }, 30_000);

    afterAll(async () => {
      await street?.close();
    });

    /** An account there, registered under this name. */
    const opened = (name: string, opening: number) =>
      erl.evaluate(
        `{ok, _} = gen_server:start({local, ${name}}, account, ${opening}, [])`,
      );

    test("Erlang calls and casts a gen_server here", async () => {
      await here.run((self) =>
        genServer.start(self, account, [100], { name: "account" }),
      );
      const server = `{account, '${HERE}'}`;
      expect(
        await erl.evaluate(`gen_server:call(${server}, {deposit, 5})`),
      ).toBe("105");
      expect(await erl.evaluate(`gen_server:call(${server}, balance)`)).toBe(
        "105",
      );
      expect(
        await erl.evaluate(
          `ok = gen_server:cast(${server}, reset), gen_server:call(${server}, balance)`,
        ),
      ).toBe("0");
    });

    test("Erlang gets a reply that another process here gives", async () => {
      await here.run((self) =>
        genServer.start(self, account, [7], { name: "slow" }),
      );
      const answer = await erl.evaluate(
        `gen_server:call({slow, '${HERE}'}, later)`,
      );
      expect(answer).toBe("{later,7}");
    });

    test("a process here calls and casts to a gen_server there", async () => {
      await opened("bank", 100);
      const answers = await here.run(function* (self) {
        const bank = ["bank", THERE] as const;
        const ask = (request: Request) =>
          genServer.call<Account, Request>(self, bank, request);
        const after = yield* ask(["deposit", 5]);
        genServer.cast<Account>(self, bank, "reset");
        return [after, yield* ask("balance")];
      });
      expect(answers).toEqual([105, 0]);
    });

    test("a process here gets a reply that another process there gives", async () => {
      await opened("slow_bank", 9);
      const answer = await here.run((self) =>
        genServer.call<Account, "later">(self, ["slow_bank", THERE], "later"),
      );
      expect(answer).toEqual(["later", 9]);
    });

    test("a call to a name that nobody has there exits with noproc", async () => {
      const call = here.run((self) =>
        genServer.call(self, ["nobody", THERE] as never, "hello" as never),
      );
      await expect(call).rejects.toMatchObject({
        reason: [
          "noproc",
          ["gen_server", "call", [["nobody", THERE], "hello"]],
        ],
      });
    });

    test("replies to callers without an alias go to their pid", async () => {
      await here.run((self) =>
        genServer.start(self, account, [1], { name: "savings" }),
      );
      const answer = await erl.evaluate(
        `{savings, '${HERE}'} ! {'$gen_call', {self(), {my, tag}}, {deposit, 1}},
       A = receive {{my, tag}, X} -> X after 5000 -> late end,
       R = make_ref(), {savings, '${HERE}'} ! {'$gen_call', {self(), R}, balance},
       B = receive {R, Y} -> Y after 5000 -> late end,
       {A, B, gen_server:multi_call(['${HERE}', node()], savings, balance, 5000)}`,
      );
      expect(answer).toBe(`{2,2,{[{'${HERE}',2}],['${THERE}']}}`);
    });

    test("Erlang's sys looks into a server here, and stops it from taking more", async () => {
      await here.run((self) =>
        genServer.start(self, account, [11], { name: "open" }),
      );
      const answer = await erl.evaluate(
        `S = {open, '${HERE}'}, A = sys:get_state(S), ok = sys:suspend(S),
       B = (catch gen_server:call(S, balance, 50)), {status, P, _, [_, C | _]} = sys:get_status(S),
       ok = sys:resume(S), D = gen_server:call(S, balance),
       {A, element(1, element(2, B)), node(P), C, D}`,
      );
      expect(answer).toBe(`{11,timeout,'${HERE}',suspended,11}`);
    });

    test("what Erlang's sys cannot have here is refused in Erlang's words", async () => {
      await here.run((self) =>
        genServer.start(self, account, [12], { name: "closed" }),
      );
      const answer = await erl.evaluate(
        `S = {closed, '${HERE}'}, {'EXIT', {A, _}} = (catch sys:replace_state(S, fun(X) -> X + 1 end)),
       B = sys:log(S, get), S ! {'$system', {self(), make_ref()}, {change_code, x, y}},
       {element(1, A), B, gen_server:call(S, balance)}`,
      );
      expect(answer).toBe(
        "{unknown_system_msg,{error,{unknown_system_msg,{debug,{log,get}}}},12}",
      );
    });

    test("a state that has no term is told in words, and its server lives on", async () => {
      type Secret = { call: { balance(): number } };
      const secret: GenServer<Secret, () => number, []> = {
        init: () => ["ok", () => 1],
        handleCall: { balance: (_self, state) => ["reply", state(), state] },
      };
      await here.run((self) =>
        genServer.start(self, secret, [], { name: "secret" }),
      );
      const answer = await erl.evaluate(
        `S = {secret, '${HERE}'}, {unencodable, A} = sys:get_state(S),
       {is_binary(A), gen_server:call(S, balance)}`,
      );
      expect(answer).toBe("{true,1}");
    });

    test("Erlang's gen_server:stop ends a server here, with any reason", async () => {
      await here.run(function* (self) {
        yield* genServer.start(self, account, [1], { name: "one" });
        yield* genServer.start(self, account, [1], { name: "two" });
      });
      const answer = await erl.evaluate(
        `A = gen_server:stop({one, '${HERE}'}),
       R = monitor(process, {two, '${HERE}'}), B = gen_server:stop({two, '${HERE}'}, {shutdown, late}, 5000),
       C = receive {'DOWN', R, _, _, W} -> W after 5000 -> never end,
       D = (catch gen_server:stop({two, '${HERE}'})), {A, B, C, D}`,
      );
      expect(answer).toBe("{ok,ok,{shutdown,late},{'EXIT',noproc}}");
    });

    test("a process here looks into a server there, and stops it from taking more", async () => {
      await opened("looked_at", 21);
      const server = ["looked_at", THERE] as const;
      const found = await here.run(function* (self) {
        const state = yield* getState(self, server);
        const words = [yield* suspend(self, server)];
        const status = yield* getStatus(self, server);
        words.push(yield* resume(self, server));
        return { state, words, status };
      });
      expect(found).toMatchObject({
        state: 21,
        words: ["ok", "ok"],
        status: { name: "looked_at", running: "suspended", state: 21 },
      });
      expect(nodeOf(found.status.pid)).toBe(THERE);
    });

    test("a function cannot be sent to change a state there", async () => {
      await opened("kept", 1);
      const replaced = here.run((self) =>
        replaceState(self, ["kept", THERE], (state) => state),
      );
      await expect(replaced).rejects.toMatchObject({ code: "unencodable" });
    });

    test("genServer.stop ends a server there, and leaves no message behind", async () => {
      await opened("doomed", 1);
      await opened("doomed_too", 1);
      await opened("witness", 1);
      const found = await here.run(function* (self) {
        const first = yield* genServer.stop(self, ["doomed", THERE]);
        const name = ["doomed_too", THERE] as const;
        self.monitor(name);
        const second = yield* genServer.stop(self, name, ["shutdown", "late"]);
        const down = (yield* self.receive()) as unknown[];
        // What was sent to here before this answer has come before it.
        yield* getState(self, ["witness", THERE]);
        const rest = yield* self.receive(
          { _: (message: unknown) => message },
          after(0, () => "nothing"),
        );
        return [first, second, down[4], rest];
      });
      expect(found).toEqual(["ok", "ok", ["shutdown", "late"], "nothing"]);
    });
  },
);
