import { expect, test } from "vitest";
import { benchDistribution, table } from "./index.ts";

test("the table has medians, and ratios where Erlang was there", () => {
  const run = (microsecondsPerTrip: number, itemsPerSecond: number) => ({
    microsecondsPerTrip,
    itemsPerSecond,
  });
  const ours = [run(90, 1e5), run(20, 3e5), run(40, 2e5)];
  const beam = [run(20, 1e5)];
  const amount = { trips: 5, items: 6 };
  const all = new Map([
    ["ours", ours],
    ["erlang", beam],
  ]);
  const [line] = table(all, amount, 3).slice(4);
  expect(line?.split(/ {2,}/)).toEqual([
    "ours",
    "40.0 µs",
    "0.50 ×",
    "0.200 M/s",
    "2.00 ×",
  ]);
  const alone = table(new Map([["ours", ours]]), amount, 3).join("\n");
  expect(alone).not.toContain("×");
});

test("nodes of both kinds are measured, each in a process of its own", async () => {
  const lines: string[] = [];
  const little = { trips: 10, items: 100, rounds: 1 };
  await benchDistribution(little, (line) => lines.push(line));
  expect(lines.find((line) => line.startsWith("ours"))).toMatch(
    /^ours +\d+\.\d µs .* \d\.\d{3} M\/s/,
  );
});
