import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Minutes } from "./minutes.ts";
import { MOST_MEGABYTES, soak } from "./soak.ts";

/** Two who are in; the first has said three things, and heard all of them. */
function threeSaid(heardByOther: readonly number[]): Minutes {
  const minutes = new Minutes();
  minutes.join(0);
  minutes.join(1);
  for (let i = 0; i < 3; i++) minutes.hear(0, minutes.say(0));
  for (const message of heardByOther) minutes.hear(1, message);
  return minutes;
}

test("what came back and has not reached somebody who stayed is missing", () => {
  expect(threeSaid([0, 1, 2]).missingOf(3)).toEqual([]);
  const minutes = threeSaid([0, 2]);
  expect(minutes.missingOf(3)).toEqual([{ client: 1, message: 1 }]);
  // The second to come back is not looked at: it may be under way.
  expect(minutes.missingOf(1)).toEqual([]);
});

test("nothing is promised of what did not come back, nor to who was not in", () => {
  const minutes = threeSaid([0, 1, 2]);
  minutes.say(0);
  expect(minutes.missingOf(4)).toEqual([]);
  const away = threeSaid([]);
  away.leave(1);
  expect(away.missingOf(3)).toEqual([]);
  away.join(1);
  expect(away.missingOf(3)).toEqual([]);
  away.hear(0, away.say(0));
  expect(away.missingOf(4)).toEqual([{ client: 1, message: 3 }]);
});

test("what comes twice or after a later one is out of order", () => {
  expect(threeSaid([0, 1, 2]).outOfOrder).toBe(0);
  expect(threeSaid([0, 2, 1]).outOfOrder).toBe(1);
  expect(threeSaid([0, 1, 1]).outOfOrder).toBe(1);
});

test("every fault once: nobody loses what came back, and only a dead chat is noticed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "soak-test-"));
  const printed: string[] = [];
  const options = { seed: 7, rounds: 1, regulars: 5, idleConnections: 50 };
  try {
    const { acknowledged, peakMegabytes } = await soak(
      folder,
      options,
      (line) => printed.push(line),
    );
    expect(printed.length).toBe(6);
    expect(acknowledged).toBeGreaterThan(50);
    expect(peakMegabytes).toBeLessThan(MOST_MEGABYTES);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
