import { join } from "node:path";
import { expect, test } from "vitest";
import { type Self, VirtualClock } from "#runtime";
import { recording, simulate } from "#runtime/testing";
import { toldByErlang, withoutErlang } from "../../runtime/real-erlang.ts";
import { evaluate, type Measured, measuredPing } from "./measured.ts";
import { ping, pong } from "./pingpong.ts";
import { runaway } from "./runaway.ts";

function play(rounds: number, seed: number) {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const run = simulate(
    function* main(self: Self<never>) {
      self.spawn(ping, rounds, self.spawn(pong, print), print);
      yield* self.sleep(1);
    },
    { seed },
  );
  return { lines, run };
}

test("a match of three rounds prints what the page shows", async () => {
  const { lines } = play(3, 0);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("main.out");
});

test("the players take turns under every schedule", () => {
  const { lines } = play(3, 0);
  for (let seed = 1; seed <= 50; seed++) {
    const last = new Set(["Ping stop", "Pong received stop"]);
    const turns = (all: string[]) => all.filter((line) => !last.has(line));
    expect(turns(play(3, seed).lines)).toEqual(turns(lines));
  }
});

test("the diagram is drawn from a run", async () => {
  const { trace } = play(2, 0).run;
  const json = `${JSON.stringify(recording(trace), null, 1)}\n`;
  await expect(json).toMatchFileSnapshot("pingpong.trace.json");
});

test("without its end in front, ping counts on for ever", () => {
  const match = () =>
    simulate(
      function* main(self: Self<never>) {
        self.spawn(
          runaway,
          3,
          self.spawn(pong, () => {}),
        );
        yield* self.sleep(1);
      },
      { maxReductions: 2_000 },
    );
  expect(match).toThrow(/Still busy after 2000 steps[\s\S]*-\d/);
});

test("the measure divides the time between the stamps among the messages", () => {
  expect(evaluate([0, 2, 4])).toEqual({
    messages: 4,
    meanIntervalMs: 1,
    messagesPerSecond: 1_000,
  });
  expect(evaluate([7]).meanIntervalMs).toBe(0);
});

test("a measured match counts two messages a round", () => {
  let measured: Measured | undefined;
  simulate(function* main(self: Self<never>) {
    self.spawn(measuredPing, 10, new VirtualClock(), (got) => {
      measured = got;
    });
    yield* self.sleep(1);
  });
  expect(measured?.messages).toBe(20);
});

test.skipIf(withoutErlang)(
  "real Erlang plays the same match (needs erl)",
  async () => {
    const listing = join(import.meta.dirname, "pingpong.erl");
    const output = await toldByErlang(listing, "pingpong:start(3)");
    const expected = play(3, 0).lines.filter((line) => line !== "Ping stop");
    expect(output.trim().split("\n")).toEqual(expected);
  },
);
