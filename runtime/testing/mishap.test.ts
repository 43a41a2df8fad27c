import { expect, test } from "vitest";
import {
  type ChildSpec,
  genServer,
  type Process,
  type Self,
  type SupervisorFlags,
  supervisor,
} from "#runtime";
import { mishapIn, simulate } from "#runtime/testing";

function toldOf(body: (self: Self<never>) => Process): string | undefined {
  const run = simulate(
    function* main(self: Self<never>) {
      self.spawn(body);
      yield* self.sleep(1);
    },
    { seed: 0 },
  );
  return mishapIn(run)?.message;
}

test("a mistake that nobody caught is a mishap, in a server as well", () => {
  const started = toldOf(function* clerk(self) {
    (self as never as { nap(): void }).nap();
    yield* self.sleep(1);
  });
  expect(started).toBe(
    "clerk threw, and nobody caught it:\nTypeError: self.nap is not a function",
  );
});

test("what was thrown on purpose, exits and a normal end are none", () => {
  for (const end of [new Error("boom"), "ball"]) {
    const told = toldOf(function* clerk(self) {
      yield* self.sleep(0);
      throw end;
    });
    expect(told).toBeUndefined();
  }
  expect(toldOf(function* clerk() {})).toBeUndefined();
  expect(
    toldOf(function* clerk(self) {
      yield* self.sleep(0);
      self.exit(new TypeError("meant"));
    }),
  ).toBeUndefined();
});

const start: ChildSpec["start"] = (self) => [
  "ok",
  self.spawnLink(function* worker(it: Self<never>) {
    yield* it.sleep(1_000);
  }),
];

test.each<[string, object, object[], string | undefined]>([
  ["a strategy", { strategy: "one" }, [], 'its strategy is "one", and a'],
  ["an intensity", { intensity: -1 }, [], "its intensity is -1, and an"],
  ["a period", { periodMs: 0 }, [], "its period is 0, and periodMs is"],
  ["a type", {}, [{ id: "a", start, type: "sup" }], 'a child\'s type is "sup"'],
  [
    "a start that answers nearly right",
    {},
    [{ id: "a", start: (self: Self<never>) => ["Ok", self.pid] }],
    'and it answered ["Ok", <0.3.0>].',
  ],
  ["a missing id", {}, [{ start }], "a child has no id."],
  ["a missing start", {}, [{ id: "a" }], "a child has no start."],
  ["a start that is none", {}, [{ id: "a", start: 1 }], "to be a function"],
  [
    "a type of restart",
    {},
    [{ id: "a", start, restart: "permanant" }],
    'a child\'s restart is "permanant", and a restart is "permanent", "transient" or "temporary".',
  ],
  [
    "two of one name",
    {},
    [
      { id: "a", start },
      { id: "a", start },
    ],
    'two of its children have the id "a".',
  ],
  [
    "a start without a return",
    {},
    [{ id: "bell", start: () => {} }],
    'its child "bell" did not. The start of "bell" has to answer ["ok", pid], and it answered nothing: was its return forgotten?',
  ],
  [
    "a start that gives a pid",
    {},
    [{ id: "bell", start: (self: Self<never>) => self.pid }],
    "and it answered <0.3.0>.",
  ],
  [
    "a start that throws",
    {},
    [
      {
        id: "bell",
        start: () => {
          throw new TypeError("no bell");
        },
      },
    ],
    "A process threw, and nobody caught it:\nTypeError: no bell",
  ],
  [
    "a refusal that may be meant",
    {},
    [{ id: "bell", start: () => ["error", "no bell"] }],
    undefined,
  ],
  ["a good start", {}, [{ id: "a", start }], undefined],
])("a supervisor that does not start: %s", (_, flags, children, told) => {
  const message = toldOf(function* town(self) {
    yield* supervisor.startLink(
      self,
      flags as SupervisorFlags,
      children as ChildSpec[],
    );
  });
  if (told === undefined) expect(message).toBeUndefined();
  else expect(message).toContain(told);
});

test("a callback whose answer is none is a mishap of its server", () => {
  const shop = {
    name: "shop",
    init: () => ["ok", 0],
    handleCast: { open: () => ["noreply"], close: () => undefined },
  } as never;
  const toldAfter = (cast: string) =>
    toldOf(function* town(self) {
      const started = yield* genServer.start(self, shop, []);
      if (Array.isArray(started))
        genServer.cast(self, started[1], cast as never);
      yield* self.sleep(1);
    });
  expect(toldAfter("open")).toContain(
    'shop ended of what a callback answered: ["noreply"]. handleCall answers',
  );
  expect(toldAfter("close")).toContain("answered: nothing (was its return");
});
