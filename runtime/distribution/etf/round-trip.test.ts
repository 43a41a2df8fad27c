import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withoutErlang } from "../../real-erlang.ts";
import { faithfulTerm, pid, port, ref, term } from "./generated-terms.ts";
import { createCodec } from "./index.ts";
import { askErlang, frame } from "./peer.ts";

const codec = createCodec();
/** LET_IT_CRASH_FUZZ=10 tries ten times as many. */
const more = Number(process.env.LET_IT_CRASH_FUZZ ?? 1);
const numRuns = 100 * more;
/** The limit is for a busy machine; alone, all of it takes seconds. */
const slow = { timeout: 60_000 };

describe("any value that has a term", slow, () => {
  test("arrives at another TypeScript node equal", () => {
    fc.assert(
      fc.property(term, (value) => {
        expect(codec.decode(codec.encode(value))).toStrictEqual(value);
      }),
      { numRuns, seed: 1 },
    );
  });

  test("arrives equal when it is a whole message after a tag", () => {
    fc.assert(
      fc.property(term, (value) => {
        const message = ["got", value];
        const arrived = codec.decodeMessage(codec.encodeMessage(message));
        expect(arrived).toStrictEqual(message);
      }),
      { numRuns: 50 * more, seed: 2 },
    );
  });

  test("is written the same way the second time", () => {
    fc.assert(
      fc.property(term, (value) => {
        const bytes = codec.encode(value);
        expect(codec.encode(codec.decode(bytes))).toEqual(bytes);
      }),
      { numRuns: 50 * more, seed: 3 },
    );
  });

  test("has one object for each pid, reference and port in it", () => {
    fc.assert(
      fc.property(fc.oneof(pid, ref, port), (identity) => {
        expect(codec.decode(codec.encode(identity))).toBe(identity);
      }),
      { numRuns, seed: 4 },
    );
  });
});

describe.skipIf(withoutErlang)("real Erlang (needs erl)", slow, () => {
  test("sends back what it was sent, unless it cannot tell it apart", () => {
    const values = fc.sample(faithfulTerm, { numRuns, seed: 5 });
    const answers = askErlang(
      "echo",
      values.map((value) => codec.encode(value)),
    );
    for (const [i, value] of values.entries()) {
      const answer = answers[i] as Buffer;
      expect(codec.decode(answer)).toStrictEqual(value);
    }
  });

  test("reads everything that is written, as what is read here", () => {
    const written = fc
      .sample(term, { numRuns, seed: 6 })
      .map((value) => codec.encode(value));
    const echoed = askErlang("echo", written);
    const answers = askErlang(
      "same",
      written.map((bytes, i) =>
        Buffer.concat([
          frame(bytes),
          frame(codec.encode(codec.decode(echoed[i] as Buffer))),
        ]),
      ),
    );
    expect(written.filter((_, i) => answers[i]?.[0] !== 1)).toEqual([]);
  });

  test("gets its own random terms back as they were", () => {
    const seeds = Array.from({ length: 1_000 }, (_, seed) => String(seed));
    const terms = askErlang("generate", seeds);
    const answers = askErlang(
      "same",
      terms.map((bytes) =>
        Buffer.concat([frame(bytes), frame(codec.encode(codec.decode(bytes)))]),
      ),
    );
    expect(seeds.filter((_, i) => answers[i]?.[0] !== 1)).toEqual([]);
  });
});
