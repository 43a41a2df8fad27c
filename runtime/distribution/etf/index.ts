/**
 * Erlang's External Term Format (manual: erts, "External Term Format"): how
 * values travel between nodes.
 *
 * TypeScript                         Erlang
 * ---------------------------------  ----------------------------------------
 * "Ann" inside a term                <<"Ann">>, a binary of UTF-8
 * "stop" as a whole message          stop, an atom
 * ["ok", "Ann"]                      {ok, <<"Ann">>}, a tuple behind an atom
 * [1, 2], [], other arrays           [1, 2], [], a list
 * tuple(1, 2), tuple("a"), tuple()   {1, 2}, {<<"a">>}, {}
 * list("Ann", "Bo")                  [<<"Ann">>, <<"Bo">>]
 * new ImproperList([1], 2)           [1 | 2]
 * atom("stop")                       stop, anywhere; the same object each time
 * true, false, undefined, null       true, false, undefined, null
 * 7, whole and within ±(2^53 - 1)    7, an integer
 * 2n ** 64n, any bigint              an integer
 * 0.5, 1e300, -0, other numbers      a float
 * float(1)                           1.0
 * new Uint8Array(…)                  a binary
 * new BitString(bytes, 3)            a bit string with 3 bits in its last byte
 * { name: "Ann" }                    #{<<"name">> => <<"Ann">>}
 * new Map([[atom("name"), 1]])       #{name => 1}
 * ForeignPid, ForeignRef, …Port      a pid, a reference, a port
 * ForeignFun                         a fun: it can be kept and sent back
 *
 * From Erlang everything comes back as it came. An integer is a number where
 * one can hold it exactly and a bigint beyond. A binary that is not UTF-8
 * is a Uint8Array, and so is every binary that is a whole message, because a
 * string there is an atom. A list of bytes, Erlang's "text", is an array of
 * numbers. `{true, 1}` is `["true", 1]`: what tags a tuple is a string.
 *
 * From one TypeScript node to another everything arrives equal, because for
 * what Erlang does not tell apart the format has a second spelling, which
 * Erlang reads as the same: Uint8Arrays that happen to be UTF-8, bigints that
 * would fit a number, `Map`s whose keys are strings, `atom("true")`. Only
 * these change: an empty `Map` arrives as `{}`, a key of a `Map` that is a
 * Uint8Array of UTF-8 as a string, `atom("a")` as a whole message as `"a"`,
 * `tuple` and `list` as the plain array where a plain array says the same.
 * A Uint8Array of UTF-8 that Erlang has read and sends on comes back as a
 * string: Erlang has one kind of binary.
 *
 * Refused with {@link EtfError}: NaN and infinities, half surrogate pairs,
 * functions, symbols, instances of other classes (unless `describe` knows
 * them), atoms of more than 255 characters, values that contain themselves.
 */
export { Atom, atom } from "./atom.ts";
export { BitString } from "./bit-string.ts";
export { type Codec, type CodecOptions, createCodec } from "./codec.ts";
export { EtfError, type EtfErrorCode } from "./etf-error.ts";
export { Float, float } from "./float.ts";
export { ForeignFun } from "./foreign-fun.ts";
export { ForeignPid, foreignPid } from "./foreign-pid.ts";
export { ForeignPort, foreignPort } from "./foreign-port.ts";
export { ForeignRef, foreignRef } from "./foreign-ref.ts";
export { type Foreign, type Identities, theOne } from "./identities.ts";
export { ImproperList, List, list } from "./list.ts";
export type { Limits } from "./reader.ts";
export { Tuple, tuple } from "./tuple.ts";
