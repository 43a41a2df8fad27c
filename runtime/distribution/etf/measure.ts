/**
 * How many messages of `gen_server:call/2` the codec reads and writes per
 * second. Run it with `npx tsx runtime/distribution/etf/measure.ts`.
 */
import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import {
  atom,
  createCodec,
  foreignPid,
  foreignRef,
  ImproperList,
  tuple,
} from "./index.ts";

const codec = createCodec();
const windows = 1_000;
const callsInWindow = 1_000;

/** `{'$gen_call', {Pid, [alias | Ref]}, {deposit, 5}}`. */
function genCall(call: number): unknown {
  const pid = foreignPid("shop@127.0.0.1", 117, 0, 1_700_000_000);
  const words = [call, 3_221_225_473, 2_222_222];
  const ref = foreignRef("shop@127.0.0.1", 1_700_000_000, words);
  const alias = new ImproperList([atom("alias")], ref);
  return ["$gen_call", tuple(pid, alias), ["deposit", 5]];
}

/**
 * The best of many short windows: the others shared the machine. Each is a
 * turn of the event loop, as what comes over a socket is: until its end,
 * JavaScript keeps alive whatever was found through a weak reference.
 */
async function rate(what: string, act: (call: number) => unknown) {
  let call = 0;
  let bestMs = Number.POSITIVE_INFINITY;
  for (let window = 0; window < windows; window++) {
    const startMs = performance.now();
    for (let i = 0; i < callsInWindow; i++) act(call++);
    bestMs = Math.min(bestMs, performance.now() - startMs);
    await turn();
  }
  const thousands = Math.round(callsInWindow / bestMs);
  console.log(`${what.padEnd(36)}${thousands} thousand/s`);
}

const message = genCall(1);
const bytes = codec.encodeMessage(message);
console.log(`a $gen_call message, ${bytes.length} bytes`);
await rate("encode", () => codec.encodeMessage(message));
await rate("decode, the same message", () => codec.decodeMessage(bytes));

// The number of the call is written over a word that is nowhere else in it.
const marked = Buffer.from(codec.encodeMessage(genCall(0xdeadbeef)));
const wordAt = marked.indexOf("deadbeef", "hex");
await rate("decode, each with its own reference", (call) => {
  marked.writeUInt32BE(call, wordAt);
  codec.decodeMessage(marked);
});
