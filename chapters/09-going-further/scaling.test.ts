import { expect, test } from "vitest";
import { type Process, realClock, type Self } from "#runtime";
import { simulate } from "#runtime/testing";
import { type Load, type Measured, measure } from "./load.ts";

/** 8 rooms of 2 clients that say 2 things each: 32 are said, 64 heard. */
const evening = {
  rooms: 8,
  clientsPerRoom: 2,
  messagesPerClient: 2,
  workMs: 10,
};

/** The load test under virtual time: what it counts, and how long it takes. */
function simulated(load: Load, seed = 0) {
  let measured: Partial<Measured> = {};
  const run = simulate(
    function* main(self: Self<never>): Process {
      // All nodes are one, and each has an archive of its own all the same.
      const node = {
        spawn: (...body: unknown[]) => self.spawn(...(body as [never])),
        stop: () => {},
      };
      const open = () => node as never;
      measured = yield* measure(self as never, load, realClock(), open);
    },
    { seed },
  );
  return { ...measured, elapsedMs: run.elapsedMs };
}

test.each([1, 2, 4, 8])(
  "each of %i nodes has its share of the clients, of the lines and of the time",
  (nodes) => {
    const each = (whole: number) => Array(nodes).fill(whole / nodes);
    expect(simulated({ ...evening, nodes })).toEqual({
      sent: 32,
      heard: 64,
      clientsPerNode: each(16),
      heardPerNode: each(64),
      elapsedMs: (32 * evening.workMs) / nodes,
    });
  },
);

test.each([1, 4])(
  "with %i nodes one room is as fast as it is, for it is on one of them",
  (nodes) => {
    const crowd = { ...evening, rooms: 1, clientsPerRoom: 8, nodes };
    const measured = simulated(crowd);
    expect(measured.clientsPerNode).toEqual([8]);
    expect(measured.elapsedMs).toBe(8 * 2 * evening.workMs);
  },
);

test("the shares are equal under every schedule", () => {
  const short = { ...evening, messagesPerClient: 1, nodes: 4 };
  for (let seed = 1; seed <= 3; seed++) {
    const { clientsPerNode, heardPerNode } = simulated(short, seed);
    expect(clientsPerNode).toEqual([4, 4, 4, 4]);
    expect(heardPerNode).toEqual([8, 8, 8, 8]);
  }
});
