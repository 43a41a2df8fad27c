import {
  Exit,
  format,
  type GenServer,
  genServer,
  type Process,
  type Self,
} from "#runtime";
import type { Print } from "./conversation.ts";

// #region odd
interface Odd {
  call: { double(n: number): number; divide(n: bigint): bigint; wait(): never };
}

/** Knows three ways to treat a caller. */
export const odd: GenServer<Odd, "no state"> = {
  name: "odd",
  init: () => ["ok", "no state"],
  handleCall: {
    double: (_self, state, n) => ["reply", 2 * n, state],
    divide: (_self, state, n) => ["reply", 1n / n, state],
    wait: (_self, state) => ["noreply", state],
  },
};
// #endregion

// #region caller
/** For the one that never answers; the others have time, as usual. */
const SHORT_MS = 20;

/** Calls a server named "odd" on another node in five ways. */
export function* caller(
  self: Self<never>,
  node: string,
  print: Print,
): Process {
  const there = ["odd", node] as const;
  yield* tell("it answers", there, ["double", 21]);
  yield* tell("it takes too long", there, "wait", SHORT_MS);
  yield* tell("it crashes", there, ["divide", 0n]);
  yield* tell("it is no more", there, ["double", 21]);
  yield* tell("its node is no node", ["odd", "nobody@127.0.0.1"], "wait");

  type Request = ["double", number] | ["divide", bigint] | "wait";
  function* tell(
    what: string,
    server: readonly [string, string],
    request: Request,
    limitMs?: number,
  ) {
    const label = what.padEnd(22);
    try {
      const call = genServer.call<Odd, Request>(self, server, request, limitMs);
      print(`${label}${format(yield* call)}`);
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      const [reason] = error.reason as readonly unknown[];
      print(`${label}exit ${format(reason)}`);
    }
  }
}
// #endregion
