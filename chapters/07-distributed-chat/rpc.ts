import { format, type Process, type Self, type Step } from "#runtime";
import { rpc } from "#runtime/distribution";
import type { Print } from "./conversation.ts";

// #region allowed
/** What another node may call here. In Erlang that is everything. */
export const allowed = {
  lists: {
    sum: (_self: unknown, numbers: number[]) =>
      numbers.reduce((sum, n) => sum + n, 0),
  },
  odd: {
    throws: () => {
      throw "ball";
    },
    exits: (self: Self<unknown>) => self.exit("why"),
    lies: () => ["badrpc", "nodedown"],
    *waits(self: Self<unknown>): Step<void> {
      yield* self.receive();
    },
  },
};
// #endregion

/** For the one that never answers; the others have time. */
const SHORT_MS = 20;
const LIMIT_MS = 5_000;

// #region calls
/** Calls functions of another node, and shows what comes of it. */
export function* calls(self: Self<never>, node: string, print: Print): Process {
  yield* tell("a value", "lists", "sum", [[1, 2, 3]]);
  yield* tell("it throws", "odd", "throws", []);
  yield* tell("it exits", "odd", "exits", []);
  yield* tell("no such function", "odd", "is_even", []);
  yield* tell("too late", "odd", "waits", [], node, SHORT_MS);
  yield* tell("no such node", "lists", "sum", [[1]], "nobody@127.0.0.1");
  yield* tell("it lies", "odd", "lies", []);

  function* tell(
    what: string,
    module: string,
    name: string,
    args: unknown[],
    at = node,
    limitMs = LIMIT_MS,
  ) {
    const value = yield* rpc.call(self, at, module, name, args, limitMs);
    print(`${what.padEnd(18)}${format(value)}`);
  }
}
// #endregion
