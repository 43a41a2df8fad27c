import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Process, Self } from "#runtime";
import { recording, simulate } from "#runtime/testing";
import { toldByErlang, withoutErlang } from "../../runtime/real-erlang.ts";
import { programs } from "./programs.ts";
import { swallow } from "./protected.ts";

const here = import.meta.dirname;

function play(name: string, seed: number) {
  const lines: string[] = [];
  const run = simulate(
    function* office(self: Self<never>): Process {
      const steps = programs[name]?.(self, (line) => void lines.push(line));
      if (steps) yield* steps;
    },
    { seed },
  );
  return { output: `${lines.join("\n")}\n`, run };
}

describe.each(Object.keys(programs))("%s", (name) => {
  test("prints what the page shows", async () => {
    await expect(play(name, 0).output).toMatchFileSnapshot(`${name}.out`);
  });

  test("prints it under every schedule", () => {
    for (let seed = 1; seed <= 50; seed++) {
      expect(play(name, seed).output).toBe(play(name, 0).output);
    }
  });
});

test("the diagram of the crash is drawn from a run", async () => {
  const { trace } = play("crash", 0).run;
  const json = `${JSON.stringify(recording(trace), null, 1)}\n`;
  await expect(json).toMatchFileSnapshot("crash.trace.json");
});

test("a crash is reported and an exit is not", () => {
  const crashed = (name: string) =>
    play(name, 0).run.reports.map((report) => report.kind);
  expect(crashed("crash")).toEqual(["crash"]);
  // The process whose line is gone exits; the one with the bug throws.
  expect(crashed("only-thrown")).toEqual(["crash"]);
  expect(crashed("everything")).toEqual([]);
});

test("a body that is returned from inside try has left its protection", () => {
  const caught: unknown[] = [];
  const play = () =>
    simulate(function* main(): Process {
      try {
        return (function* next(): Process {
          throw new Error("too late");
        })();
      } catch (error) {
        caught.push(error);
      }
    });
  expect(play).toThrow("too late");
  expect(caught).toEqual([]);
});

test("a return in finally swallows every class", () => {
  const thrown = swallow(() => {
    throw new Error("fire");
  });
  expect(thrown).toBe("all is well");
});

test.skipIf(withoutErlang)(
  "real Erlang prints the same (needs erl)",
  async () => {
    const twins = Object.keys(programs).filter(
      (name) => name !== "everything" && name !== "careful",
    );
    // One machine plays all.
    const calls = twins.flatMap((name) => [
      `io:format("~s:~n", ["${name}"])`,
      `trycatch:${name.replace("-", "_")}()`,
    ]);
    const listing = join(here, "trycatch.erl");
    const output = await toldByErlang(listing, calls.join(", "));
    const expected = twins.map((name) => `${name}:\n${play(name, 0).output}`);
    expect(output).toBe(expected.join(""));
  },
);
