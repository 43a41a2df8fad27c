import fc from "fast-check";
import {
  atom,
  BitString,
  float,
  foreignPid,
  foreignPort,
  foreignRef,
  ImproperList,
  list,
  tuple,
} from "./index.ts";

const word = fc.nat({ max: 0xffff_ffff });
const text = fc.string({ unit: "grapheme", maxLength: 30 });
const node = fc.constantFrom("a@b", "shop@localhost", "café@host");

export const pid = fc
  .tuple(node, word, word, word)
  .map((parts) => foreignPid(...parts));
export const ref = fc
  .tuple(node, word, fc.array(word, { minLength: 1, maxLength: 5 }))
  .map((parts) => foreignRef(...parts));
export const port = fc
  .tuple(node, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), word)
  .map((parts) => foreignPort(...parts));

const bits = fc
  .tuple(
    fc.uint8Array({ minLength: 1, maxLength: 9 }),
    fc.integer({ min: 1, max: 7 }),
  )
  .map(([bytes, count]) => {
    bytes[bytes.length - 1] = (bytes.at(-1) as number) & (0xff00 >> count);
    return new BitString(bytes, count);
  });

/** What has a form of its own to Erlang, and so comes back from it as it was. */
const faithfulLeaf = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer().map((value) => float(value)),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 2_100n }),
  fc.bigInt({ min: -(2n ** 70n), max: -(2n ** 53n) }),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  text,
  text.filter(isNoValue).map(atom),
  bits,
  pid,
  ref,
  port,
);

/** What only another TypeScript node can tell from something else. */
const ownLeaf = fc.oneof(
  fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }),
  fc.constantFrom("true", "false", "null", "undefined").map(atom),
  fc.uint8Array({ maxLength: 20 }),
  text.map((written) => new Uint8Array(Buffer.from(written))),
  fc
    .uniqueArray(fc.tuple(text, fc.integer()), {
      minLength: 1,
      maxLength: 4,
      selector: ([key]) => key,
    })
    .map((entries) => new Map(entries)),
);

function isNoValue(name: string): boolean {
  return !["true", "false", "null", "undefined"].includes(name);
}

function nested(leaf: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => {
    const term = tie("term");
    const some = fc.array(term, { maxLength: 5 });
    return {
      term: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        leaf,
        fc.array(fc.nat({ max: 300 }), { maxLength: 5 }),
        some.filter(([first]) => typeof first !== "string"),
        some.map((items) => list(...items)),
        some.map((items) => tuple(...items)),
        fc.tuple(text, some).map(([name, rest]) => [name, ...rest]),
        fc
          .tuple(fc.array(term, { minLength: 1, maxLength: 4 }), leaf)
          .map(([items, tail]) => new ImproperList(items, tail)),
        fc.dictionary(fc.oneof(text, fc.constant("__proto__")), term, {
          maxKeys: 4,
          noNullPrototype: true,
        }),
        fc
          .tuple(
            text.filter(isNoValue),
            fc.array(fc.tuple(fc.integer(), term), { maxLength: 4 }),
          )
          .map(
            ([name, entries]) =>
              new Map<unknown, unknown>([[atom(name), 1], ...entries]),
          ),
      ),
    };
  }).term;
}

/** Terms that survive a way through Erlang. */
export const faithfulTerm = nested(faithfulLeaf);

/** Terms that survive the way from one TypeScript node to another. */
export const term = nested(fc.oneof(faithfulLeaf, ownLeaf));
