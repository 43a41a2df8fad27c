import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Self } from "#runtime";
import { simulate } from "#runtime/testing";
import { withoutErlang } from "../real-erlang.ts";
import { type ContenderName, readSamples, type Sample } from "./contender.ts";
import { lineUp } from "./line-up.ts";
import { judge, type Measured, median, report } from "./report.ts";
import { measure } from "./run.ts";
import type { Work } from "./work.ts";
import { works } from "./works.ts";

const one = works[0] as Work;

describe.each(works)("$name", (work) => {
  test("computes the right answer", () => {
    const answers: number[] = [];
    simulate(
      function* main(self: Self<never>) {
        work.main(self, work.sizes.tiny, (value) => answers.push(value));
        yield* self.sleep(1);
      },
      { seed: 0 },
    );
    expect(answers).toEqual([work.answer(work.sizes.tiny)]);
  });
});

/** Only the named; each took so many microseconds for a unit. */
function measured(
  work: Work,
  times: Partial<Record<ContenderName, number>>,
  idleBytes = 0,
): Measured {
  const samples = new Map<ContenderName, Sample[]>();
  for (const [name, microseconds] of Object.entries(times)) {
    samples.set(name as ContenderName, [{ microseconds, idleBytes }]);
  }
  return { work, samples };
}

describe("report", () => {
  test("the median is the middle, or the mean of the two in the middle", () => {
    expect(median([9, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 100])).toBe(3);
    expect(median([])).toBeNaN();
  });

  test("a target is reached at its value and missed below it", () => {
    const verdict = (erlang: number) =>
      judge(measured(one, { ours: 1, erlang }))[0];
    expect(verdict(2.5)).toEqual({
      text: "2.50 × BEAM (target ≥ 2.50)",
      verdict: "reached",
    });
    expect(verdict(2.4)?.verdict).toBe("missed");
  });

  test("the best library counts, not the other one", () => {
    const all = judge(measured(one, { ours: 1, xstate: 5, comedy: 2 }));
    expect(all).toEqual([
      { text: "2.00 × comedy (target ≥ 3.00)", verdict: "missed" },
    ]);
  });

  test("idle processes are weighed where a work says so", () => {
    const work: Work = { ...one, idleKilobytes: 0.7 };
    const weigh = (bytes: number) =>
      judge(measured(work, { ours: 1 }, bytes)).map(({ verdict }) => verdict);
    expect(weigh(700)).toEqual(["reached"]);
    expect(weigh(800)).toEqual(["missed"]);
  });

  test("a table has a dash for a work not done, and no column for nobody", () => {
    const other: Work = { ...one, title: "Another" };
    const text = report([
      measured(one, { ours: 0.2, erlang: 0.6 }),
      measured(other, { ours: 0.3, comedy: 0.6 }),
    ]);
    expect(text).toBe(
      [
        "µs each (median)         per      ours   erlang  comedy",
        "Ping-pong, a plain loop  message  0.200  0.600   -",
        "Another                  message  0.300  -       0.600",
        "",
        "How often the others' rate (more is better), and the targets:",
        "Ping-pong, a plain loop  3.00 × BEAM (target ≥ 2.50)    reached",
        "Another                  2.00 × comedy (target ≥ 3.00)  missed",
      ].join("\n"),
    );
  });
});

describe("measure", () => {
  test("the contenders take turns, and their first runs do not count", () => {
    const seen: string[] = [];
    const contenders = (["ours", "erlang"] as const).map((name) => ({
      name,
      command: () => [name],
    }));
    const { samples } = measure(
      one,
      contenders,
      { size: "tiny", repetitions: 2, warmUps: 1, runs: 1 },
      ([name = ""]) => {
        seen.push(name);
        const answer = one.answer(one.sizes.tiny);
        return `90 ${answer} 0\n20 ${answer} 0\n`;
      },
    );
    expect(seen).toEqual(["ours", "erlang", "ours", "erlang"]);
    expect(samples.get("ours")?.map((s) => s.microseconds)).toEqual([2, 2]);
  });

  test("a contender with a wrong answer is refused by name", () => {
    expect(() => readSamples("20 4 0\n", one, 5, "erlang")).toThrow(
      'erlang did "ping-pong" of size 5 and printed "20 4 0"',
    );
    expect(readSamples("none\n", one, 5, "xstate")).toEqual([]);
  });
});

describe("the line-up", () => {
  const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { contenders, skipped } = lineUp(folder);

  const answersOf = (name: ContenderName) => {
    const contender = contenders.find((each) => each.name === name);
    return works.map((work) => {
      const size = work.sizes.tiny;
      const [program = "", ...rest] = contender?.command(work, size, 1) ?? [];
      const { stdout } = spawnSync(program, rest, { encoding: "utf8" });
      return readSamples(stdout, work, size, name).length;
    });
  };

  test("everybody takes part or is told how to get in", () => {
    const peers = contenders.filter(({ name }) => name !== "callback");
    expect(peers.length + skipped.length).toBe(4);
    for (const line of skipped) expect(line).toMatch(/skipped: .* Get it: /);
  });

  test("the bundle does every work with plain node", () => {
    expect(answersOf("ours")).toEqual(works.map(() => 1));
  }, 30_000);

  test.skipIf(withoutErlang)(
    "real Erlang computes the same answers (needs erl)",
    () => {
      expect(answersOf("erlang")).toEqual(works.map(() => 1));
    },
    60_000,
  );
});
