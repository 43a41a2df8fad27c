import { expect, test } from "vitest";
import { BusyWait } from "./busy-wait.ts";

/** A loop that takes 0.1 ms for each turn, and what it has still to do. */
function loop() {
  const waiting: (() => void)[] = [];
  let nowMs = 0;
  return {
    busyWait: new BusyWait(
      () => nowMs,
      (turn) => waiting.push(turn),
    ),
    /** Turns as often as is asked for; `each` happens in every turn. */
    turns(each: (count: number) => void = () => {}): number {
      let count = 0;
      for (let turn = waiting.shift(); turn; turn = waiting.shift()) {
        nowMs += 0.1;
        turn();
        each(++count);
        expect(waiting.length, "one at a time").toBeLessThanOrEqual(1);
      }
      return count;
    },
  };
}

test("behind a packet the loop turns for 0.2 ms, and then may sleep", () => {
  const { busyWait, turns } = loop();
  busyWait.begin();
  expect(turns()).toBe(2);
  expect(turns()).toBe(0);
  busyWait.begin();
  expect(turns()).toBe(2);
});

test("each packet that comes meanwhile makes it longer, not more often", () => {
  const { busyWait, turns } = loop();
  busyWait.begin();
  busyWait.begin();
  expect(turns((count) => count === 1 && busyWait.begin())).toBe(3);
});
