import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { type GenServer, genServer, type Pid } from "#runtime";
import { memoryTransport } from "./memory-transport.ts";
import { place } from "./two-nodes.ts";

interface Telling {
  call: { who(): Pid };
}
const telling: GenServer<Telling, number> = {
  init: () => ["ok", 0],
  handleCall: { who: (self, n) => ["reply", self.pid, n] },
};

test("a node that has stopped is forgotten, whoever else knows the pids it met", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const transport = memoryTransport();
  const stays = await place("stays@mem", { transport });
  await stays.run(function* (self) {
    yield* genServer.start(self, telling, [], { name: "server" });
  });
  const stopped: WeakRef<object>[] = [];
  const visit = async (name: string) => {
    const visitor = await place(name, { transport });
    await visitor.run(function* (self) {
      const there = ["server", "stays@mem"] as const;
      const pid = yield* genServer.call<Telling, "who">(self, there, "who");
      yield* genServer.call(self, pid as never, "who" as never);
    });
    stopped.push(new WeakRef(visitor.node));
    visitor.stop();
  };
  for (let n = 0; n < 20; n++) await visit(`visitor${n}@mem`);
  const kept = () => stopped.filter((one) => one.deref() !== undefined).length;
  for (let turn = 0; turn < 20 && kept() >= 3; turn++) {
    await setImmediate();
    collect();
  }
  expect(kept()).toBeLessThan(3);
  stays.stop();
});
