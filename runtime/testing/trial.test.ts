import { expect, test } from "vitest";
import type { Self } from "../core/self.ts";
import { trial } from "./trial.ts";

const options = { seed: 0, maxReductions: 50 };
const kinds = (body: (self: Self<"never">) => Generator) =>
  trial(body as never, options).trace.map(({ kind }) => kind);

test("a trial gives the run of what waits for ever, never ends or exits", () => {
  const waiting = kinds(function* body(self) {
    self.send(self.pid, "never");
    yield* self.receive();
    yield* self.receive();
  });
  expect(waiting).toEqual(["spawn", "send", "deliver", "receive"]);
  const endless = kinds(function* body(self) {
    for (;;) {
      self.send(self.pid, "never");
      yield* self.receive();
      yield* self.yield();
    }
  });
  expect(endless.length).toBeGreaterThan(50);
  const exiting = trial((self) => self.exit("boom"), options);
  expect(exiting.trace.at(-1)).toMatchObject({ kind: "exit", reason: "boom" });
});

test("a trial says in a line why it came to no good end, and nothing of a good one", () => {
  const waiting = trial(function* body(self: Self<never>) {
    yield* self.receive();
  }, options);
  expect(waiting.failure).toMatch(/^Nothing more can happen, and .*nothing\.$/);
  expect(trial(() => {}, options).failure).toBeUndefined();
});

test("a trial throws what its first process throws", () => {
  const body = () => {
    throw new RangeError("too far");
  };
  expect(() => trial(body, options)).toThrow("too far");
});
