/**
 * Two nodes that meet, for the tests to run in Node and in pages: written as
 * any program for a page is.
 */
import {
  createNode,
  type GenServer,
  genServer,
  type Pid,
  type Self,
} from "#runtime";
import {
  type DistributionOptions,
  startDistribution,
} from "#runtime/distribution";
import { inside } from "../inside.ts";

export * from "./written.ts";

interface Counter {
  call: { value(): number };
}
const counter: GenServer<Counter, number, [number]> = {
  init: (_self, value) => ["ok", value],
  handleCall: { value: (_self, value) => ["reply", value, value] },
};

/** Says who it is, and ends with what it is told to end with. */
function* servant(self: Self<unknown>) {
  for (;;) {
    const [what, rest] = (yield* self.receive()) as [string, Pid<unknown>];
    if (what === "who") self.send(rest, ["me", self.pid]);
    if (what === "exit") self.exit(rest);
  }
}

const A = "a@127.0.0.1";
const B = "b@127.0.0.1";

/** Two nodes meet: what one sees of the other, in order. */
export async function meet(options: DistributionOptions): Promise<unknown[]> {
  const logger = () => {};
  const here = createNode({ name: A, logger });
  const there = createNode({ name: B, logger });
  const mine = await startDistribution(here, options);
  const theirs = await startDistribution(there, options);
  there.register("servant", there.spawn(servant) as Pid);
  await inside(there, (self) =>
    genServer.start(self, counter, [37], { name: "counter" }),
  );
  const seen = await inside(here, function* (self) {
    const pong = yield* mine.ping(self, B);
    const value = yield* genServer.call<Counter, "value">(
      self,
      ["counter", B],
      "value",
    );
    self.trapExit(true);
    self.send(["servant", B], ["who", self.pid]);
    const [, pid] = (yield* self.receive()) as [string, Pid<unknown>];
    self.link(pid as Pid);
    self.send(pid, ["exit", ["shutdown", "tired"]]);
    const [tag, from, why] = (yield* self.receive()) as unknown[];
    return [pong, mine.nodes(), value, tag, from === pid, why];
  });
  for (const distribution of [mine, theirs]) distribution.stop();
  for (const node of [here, there]) node.stop();
  return seen;
}
