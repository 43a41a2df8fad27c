import {
  createNode,
  type Node,
  type Pid,
  type Self,
  type Step,
} from "#runtime";
import { startDistribution } from "#runtime/distribution";

// node.mjs echo EPMD_PORT NAME               says "ready", answers to the end
// node.mjs drive EPMD_PORT NAME PEER TRIPS ITEMS    prints two numbers
//
// distribution.erl does the same in Erlang.
const [role = "", port = "", name = "", peer = "", trips = "", items = ""] =
  process.argv.slice(2);

/** A sender goes on without a rest for so long; where it is waited for. */
const BURST = 1_000;

const node = createNode({ name });
await startDistribution(node, {
  cookie: "bench",
  epmd: { epmdPort: Number(port) },
});
if (role === "echo") {
  node.register("echo", node.spawn(echo) as Pid);
  // Ends with who has started it.
  process.stdin.on("end", () => process.exit()).resume();
  console.log("ready");
} else {
  const [tripMs, itemsMs] = await driven(node);
  console.log(`${tripMs} ${itemsMs}`);
  process.exit();
}

/** Answers each ping, and says when it has got all items. */
function* echo(self: Self<unknown>): Step<void> {
  let count = 0;
  while (true) {
    const [tag, from, n] = (yield* self.receive()) as [string, Pid, number];
    if (tag === "item") count++;
    else if (tag === "ping") self.send(from as Pid<unknown>, n);
    else {
      self.send(from as Pid<unknown>, count);
      count = 0;
    }
  }
}

/** Milliseconds of all round trips, and of all items until the last is there. */
function driven(from: Node): Promise<readonly [number, number]> {
  return new Promise((resolve) => {
    from.spawn(function* (self: Self<unknown>) {
      const to = (yield* meet(self)) as Pid<unknown>;
      // The first ones are for V8, which compiles what is called often.
      yield* roundTrips(self, to);
      const before = performance.now();
      yield* roundTrips(self, to);
      const between = performance.now();
      for (let n = 0; n < Number(items); n++) {
        self.send(to, ["item", self.pid, n]);
        if (n % BURST === 0) yield* self.yield();
      }
      self.send(to, ["all", self.pid, 0]);
      const got = yield* self.receive();
      if (got !== Number(items)) throw new Error(`${got} of ${items} came`);
      resolve([between - before, performance.now() - between]);
    });
  });
}

function* roundTrips(self: Self<unknown>, to: Pid<unknown>): Step<void> {
  for (let n = 0; n < Number(trips); n++) {
    self.send(to, ["ping", self.pid, n]);
    if ((yield* self.receive()) !== n) throw new Error("a wrong echo");
  }
}

/** The connection is made before the clock starts. */
function* meet(self: Self<unknown>): Step<unknown> {
  const to = ["echo", peer] as never;
  self.send(to, ["ping", self.pid, -1] as never);
  yield* self.receive();
  return to;
}
