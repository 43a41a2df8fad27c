import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { NodeEnd } from "./node-end.ts";

/** A stream that keeps what each call of the system would have been given. */
function counted() {
  const calls: string[] = [];
  const stream = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      calls.push(`${chunk}`);
      done();
    },
    writev(chunks, done) {
      calls.push(chunks.map(({ chunk }) => `${chunk}`).join("+"));
      done();
    },
  });
  return { calls, end: new NodeEnd(stream as Socket, ["127.0.0.1", 1]) };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("the first write of a turn goes out at once, the others together", async () => {
  const { calls, end } = counted();
  for (const text of ["a", "b", "c"]) end.write(bytes(text));
  expect(calls).toEqual(["a"]);
  await turn();
  expect(calls).toEqual(["a", "b+c"]);
  end.write(bytes("d"));
  expect(calls).toEqual(["a", "b+c", "d"]);
  await turn();
});

test("what is held back counts when it is asked whether there is room", async () => {
  const { calls, end } = counted();
  let drained = 0;
  const nothing = () => {};
  end.receiver = {
    data: nothing,
    ended: nothing,
    broken: nothing,
    drained: () => drained++,
  };
  end.write(bytes("a"));
  expect(end.full).toBe(false);
  end.write(new Uint8Array(100_000));
  expect(end.full).toBe(true);
  await turn();
  expect(calls.length).toBe(2);
  expect([end.full, drained]).toEqual([false, 1]);
});
