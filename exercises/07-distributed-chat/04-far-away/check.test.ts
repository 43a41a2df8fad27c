import { expect, test } from "vitest";
import {
  Exit,
  format,
  type GenServer,
  genServer,
  type Self,
  type ServerName,
} from "#runtime";
import { exchange, trial } from "#runtime/testing";
import { type Prices, price } from "./exercise.ts";

const prices: GenServer<Prices, "no state"> = {
  name: "prices",
  init: () => ["ok", "no state"],
  handleCall: {
    price(_self, state, item) {
      if (item === "secret") return ["noreply", state];
      if (item === "last") return ["stop", "sold out", state];
      if (item === "void") throw new Error("no such item");
      return ["reply", 42, state];
    },
  },
};

interface Asked {
  readonly answer: string;
  readonly afterMs: number;
  readonly story: string;
}

/** Asks for an item; a server "prices" runs on the node of the one who asks. */
function ask(item: string, name = "prices", node?: string): Asked {
  let answer = "none";
  let isOver = false;
  const clerk = function* clerk(self: Self<never>) {
    const server: ServerName<Prices> = [name, node ?? self.node];
    try {
      answer = format(yield* price(self, server, item, 100));
    } catch (error) {
      // All but an exit is a mistake in the answer, and told with its place.
      if (!(error instanceof Exit)) throw error;
      answer = `the caller ended: ${format(error.reason).slice(0, 60)}`;
    }
    self.send("main", "done");
  };
  const main = function* main(self: Self<"done">) {
    self.register("main");
    yield* genServer.start(self, prices, [], { name: "prices" });
    self.spawn(clerk);
    yield* self.receive({ done: () => {} });
    isOver = true;
  };
  const run = trial(main, { seed: 0, maxReductions: 5_000 });
  return {
    answer,
    afterMs: isOver ? run.elapsedMs : -1,
    story: exchange(run.trace),
  };
}

function says(rule: string, { answer, story }: Asked, look: string): string {
  return `${rule}\n\nWhat happened: the answer was ${answer}\n${story}\n\n${lookAtForm(answer) ?? look}\n\nIn short`;
}

const ANSWER = /^\["ok", .*\]$|^"(no node|no server|no answer|it ended)"$/;

/** What to say of something that is none of the five answers, right or wrong. */
function lookAtForm(answer: string): string | undefined {
  if (ANSWER.test(answer)) return undefined;
  if (answer === "undefined")
    return "Nothing was given back. Is there a way through price that ends without a return?";
  if (answer.startsWith("the caller ended"))
    return "The call has thrown an Exit, and nobody caught it. It is an answer, too: catch it, look at its reason, and say in a word what came of the call.";
  return `${answer} is none of the five answers: ["ok", price], "no node", "no server", "no answer" and "it ended". Compare the brackets, the order and the spelling.`;
}

test("a price is a price", () => {
  const asked = ask("apple");
  const look = "The reply of the call is the price.";
  expect(asked.answer, says("The server answers 42.", asked, look)).toBe(
    '["ok", 42]',
  );
});

test("a node out of reach is no node", () => {
  const asked = ask("apple", "prices", "nobody@127.0.0.1");
  const look =
    'The reason is ["nodedown", node]: a tuple that names the node, not a word. It is the first element of what the exit carries.';
  expect(
    asked.answer,
    says("There is no node nobody@127.0.0.1.", asked, look),
  ).toBe('"no node"');
});

test("a node without the server is no server", () => {
  const asked = ask("apple", "princes");
  const look =
    "The node is there, and nobody on it has that name. That nothing was done is certain in this case, and in no other: noproc.";
  expect(
    asked.answer,
    says('No process is called "princes".', asked, look),
  ).toBe('"no server"');
});

test("a server that ends before it has answered has ended", () => {
  for (const [item, how] of [
    ["void", "crashes"],
    ["last", 'stops with "sold out"'],
  ] as const) {
    const asked = ask(item);
    const look =
      "The server was there, got the request and ended over it. Why it ended is the reason of the exit, and may be anything. It is neither absent nor slow.";
    expect(asked.answer, says(`The server ${how}.`, asked, look)).toBe(
      '"it ended"',
    );
  }
});

test("a server that is silent gives no answer, after the limit that was asked for", () => {
  const asked = ask("secret");
  const look =
    "The server lives. Nothing more is known when the time is over. Each call takes a limit of its own behind the request, and 5 seconds if none is given.";
  expect(asked.answer, says("The server never replies.", asked, look)).toBe(
    '"no answer"',
  );
  expect(
    asked.afterMs,
    says("The limit is 100 ms, and it is kept.", asked, look),
  ).toBe(100);
});
