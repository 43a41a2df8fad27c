import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { Process, Self } from "#runtime";
import { withoutErlang } from "../real-erlang.ts";
import { accept, listen, ok, type PacketType, send } from "./index.ts";
import { onTheMachine, type TestMessage } from "./worlds.ts";

const run = promisify(execFile);

/** Sends three messages, and prints the answers and the end. */
function client(port: number, packet: PacketType): string {
  return `
    {ok, S} = gen_tcp:connect("127.0.0.1", ${port},
      [binary, {active, true}, {packet, ${packet}}]),
    [ok = gen_tcp:send(S, M) || M <- ["one\\n", "two\\n", "three\\n"]],
    Loop = fun(F) -> receive
      {tcp, S, Data} -> io:format("~s", [Data]), F(F);
      {tcp_closed, S} -> io:format("closed")
    end end,
    Loop(Loop), halt().`;
}

for (const packet of [1, 2, 4, "line"] as const) {
  test.skipIf(withoutErlang)(
    `a program in Erlang understands packet ${packet} as this one does`,
    () =>
      onTheMachine(function* main(self: Self<TestMessage>): Process {
        const listening = ok(yield* listen(self, 0, { packet }));
        const { port } = listening;
        const program = ["-noshell", "-eval", client(port, packet)];
        const printed = run("erl", program, { timeout: 20_000 });
        self.spawn(function* server(me: Self<TestMessage>): Process {
          const socket = ok(yield* accept(me, listening));
          for (let i = 0; i < 3; i++) {
            const data = yield* me.receive({ tcp: (_, bytes) => bytes });
            expect(data.at(-1)).toBe(10);
            yield* send(me, socket, data);
          }
        });
        const { stdout } = yield* self.wait(printed);
        expect(stdout).toBe("one\ntwo\nthree\nclosed");
      }),
    30_000,
  );
}
