import { afterEach, expect, test } from "vitest";
import type { Pid, Self } from "#runtime";
import { memoryTransport } from "./memory-transport.ts";
import { type Place, place } from "./two-nodes.ts";

const places: Place[] = [];

async function pair(): Promise<[Place, Place]> {
  const transport = memoryTransport();
  const a = await place("a@127.0.0.1", { transport });
  const b = await place("b@127.0.0.1", { transport });
  places.push(a, b);
  return [a, b];
}

afterEach(() => {
  for (const one of places.splice(0)) one.stop();
});

test("a ping connects, and both nodes know each other", async () => {
  const [a, b] = await pair();
  expect(a.distribution.nodes()).toEqual([]);
  const answer = await a.run((self) =>
    a.distribution.ping(self, "b@127.0.0.1"),
  );
  expect(answer).toBe("pong");
  expect(a.distribution.nodes()).toEqual(["b@127.0.0.1"]);
  expect(b.distribution.nodes()).toEqual(["a@127.0.0.1"]);
});

test("a node that is not there is a pang", async () => {
  const [a] = await pair();
  const answer = await a.run((self) =>
    a.distribution.ping(self, "nobody@127.0.0.1"),
  );
  expect(answer).toBe("pang");
});

test("a message to a name arrives, and its pid can be answered", async () => {
  const [a, b] = await pair();
  const echo = b.node.spawn(function* echo(self: Self<[string, Pid<unknown>]>) {
    const [word, from] = yield* self.receive();
    self.send(from, ["heard", word, self.pid]);
  });
  b.node.register("echo", echo as Pid);
  const heard = await a.run(function* (self) {
    self.send(["echo", "b@127.0.0.1"], ["hello", self.pid]);
    return yield* self.receive();
  });
  expect(heard).toEqual(["heard", "hello", expect.anything()]);
});
