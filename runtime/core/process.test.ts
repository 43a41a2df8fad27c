import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  createNode,
  matching,
  type Process,
  type Self,
  type Step,
  when,
} from "#runtime";

// A receive of the usual kind takes a short way where nobody looks on. What it
// takes has to be the same as by the long way, which a traced node goes.

type Tell = (...heard: unknown[]) => string;

/** Clauses of each kind; each says what it was given. */
const kinds: Record<string, (tell: Tell) => object> = {
  "plain functions": (tell) => ({
    none: (...all: unknown[]) => tell("none", ...all),
    pair: (one: unknown, two: unknown) => tell("pair", one, two),
    long: (...all: unknown[]) => tell("long", ...all),
  }),
  "a function with a prototype": (tell) => ({
    none: function none(...all: unknown[]) {
      return tell("none", ...all);
    },
  }),
  "a generator": (tell) => ({
    *pair(one: unknown): Process {
      tell("pair", one);
    },
  }),
  "a guard, and what comes after it": (tell) => ({
    pair: [
      when(
        (one) => one === 2,
        (one: unknown) => tell("two", one),
      ),
      (one: unknown) => tell("other", one),
    ],
  }),
  "a clause for the rest": (tell) => ({
    none: () => tell("none"),
    _: (message: unknown) => tell("rest", message),
  }),
  "names that every object has": (tell) => ({
    toString: () => tell("toString"),
  }),
  "nothing at all": () => ({}),
};

const messages: readonly unknown[] = [
  "toString",
  "valueOf",
  "none",
  ["none"],
  ["pair", 1, 2],
  ["pair", 2],
  ["long", 1, 2, 3],
  ["long", 1, 2, 3, 4, 5],
  [],
  [7, "none"],
  "",
  { tag: "none" },
  undefined,
];

type Wait = (self: Self<unknown>, all: never) => Step<unknown>;
const plainly: Wait = (self, all) => self.receive(all);

/** What a reader of these messages says, which takes all that it can. */
function heard(
  mailbox: readonly unknown[],
  clauses: (tell: Tell) => object,
  isTraced: boolean,
  wait = plainly,
): unknown[] {
  const said: unknown[] = [];
  const node = createNode({ logger: () => {} });
  if (isTraced) node.setTracer(() => {});
  const tell: Tell = (...words) => {
    said.push(words);
    return `told ${said.length}`;
  };
  const pid = node.spawn(function* reader(self: Self<unknown>): Process {
    for (;;) said.push(yield* wait(self, clauses(tell) as never));
  });
  for (const message of mailbox) node.send(pid, message);
  while (node.step());
  return said;
}

test.each(Object.entries(kinds))("%s take the same", (_, clauses) => {
  for (const message of messages) {
    const alone = [message];
    const long = heard(alone, clauses, true);
    expect(heard(alone, clauses, false), `${message}`).toEqual(long);
  }
  const long = heard(messages, clauses, true);
  expect(heard(messages, clauses, false)).toEqual(long);
});

test("a clause is called with what the message says, and no more", () => {
  const plain = kinds["plain functions"] as (tell: Tell) => object;
  const said = messages.flatMap((one) => heard([one], plain, false));
  expect(said.filter((one) => typeof one !== "string")).toEqual([
    ["none"],
    ["none"],
    ["pair", 1, 2],
    ["pair", 2, undefined],
    ["long", 1, 2, 3],
    ["long", 1, 2, 3, 4, 5],
  ]);
});

test("what does not carry the reference is left, first or not", () => {
  const pair = kinds["plain functions"] as (tell: Tell) => object;
  const carrying: Wait = (self, all) =>
    self.receive(matching(self.makeRef(), all));
  expect(heard([["pair", 1, 2]], pair, false, carrying)).toEqual([]);
});

test("a tracer is told of what is taken", () => {
  const node = createNode();
  const taken: unknown[] = [];
  node.setTracer((event) => {
    if (event.kind === "receive") taken.push(event.message);
  });
  const pid = node.spawn(function* reader(self: Self<string>): Process {
    yield* self.receive({ one: () => {} } as never);
    yield* self.receive();
  });
  for (const message of ["one", "two"]) node.send(pid, message);
  while (node.step());
  expect(taken).toEqual(["one", "two"]);
});

test("what was tried in vain is not tried again when another comes", () => {
  let asked = 0;
  const node = createNode();
  const pid = node.spawn(function* picky(self: Self<[string]>): Process {
    yield* self.receive({
      no: when(
        () => ++asked < 0,
        () => {},
      ),
    });
  });
  for (let i = 1; i <= 3; i++) {
    node.send(pid, ["no"]);
    while (node.step());
    expect(asked).toBe(i);
  }
});

test("whoever finds a message each time is still suspended in its turn", () => {
  const node = createNode();
  const order: string[] = [];
  let left = 5_000;
  const pid = node.spawn(function* greedy(self: Self<"more">): Process {
    while (--left > 0) yield* self.receive({ more: () => {} });
    order.push("greedy");
  });
  for (let i = 0; i < left; i++) node.send(pid, "more");
  node.spawn(() => void order.push("patient"));
  while (node.step());
  expect(order).toEqual(["patient", "greedy"]);
});

test("whoever prints a self sees whose it is, and not the whole node", () => {
  const node = createNode();
  let shown = "";
  const pid = node.spawn((self: Self<never>) => {
    shown = `${self}; ${inspect({ self })}`;
  });
  node.step();
  expect(shown).toBe(`the self of ${pid}; { self: the self of ${pid} }`);
});
