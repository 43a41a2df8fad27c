import { atom, float } from "./index.ts";
import type { Sample } from "./sample.ts";

/** Numbers and atoms, as OTP 25 writes them. */
export const leaves: readonly Sample[] = [
  { tag: "SMALL_INTEGER", erlang: "255", hex: "8361ff", term: 255 },
  { tag: "INTEGER", erlang: "-1", hex: "8362ffffffff", term: -1 },
  {
    tag: "INTEGER",
    erlang: "1 bsl 31 - 1",
    hex: "83627fffffff",
    term: 2_147_483_647,
  },
  {
    tag: "SMALL_BIG",
    erlang: "1 bsl 31",
    hex: "836e040000000080",
    term: 2_147_483_648,
  },
  {
    tag: "SMALL_BIG",
    erlang: "-(1 bsl 53 - 1)",
    hex: "836e0701ffffffffffff1f",
    term: -9_007_199_254_740_991,
  },
  {
    tag: "SMALL_BIG",
    erlang: "1 bsl 53",
    hex: "836e070000000000000020",
    term: 9_007_199_254_740_992n,
  },
  {
    tag: "SMALL_BIG",
    erlang: "-(1 bsl 64)",
    hex: "836e0901000000000000000001",
    term: -(2n ** 64n),
  },
  {
    tag: "LARGE_BIG",
    erlang: "1 bsl 2040",
    hex: `836f0000010000${"00".repeat(255)}01`,
    term: 2n ** 2040n,
  },
  { tag: "NEW_FLOAT", erlang: "0.5", hex: "83463fe0000000000000", term: 0.5 },
  {
    tag: "NEW_FLOAT",
    erlang: "1.0",
    hex: "83463ff0000000000000",
    term: float(1),
  },
  { tag: "NEW_FLOAT", erlang: "-0.0", hex: "83468000000000000000", term: -0 },
  {
    tag: "NEW_FLOAT",
    erlang: "1.0e300",
    hex: "83467e37e43c8800759c",
    term: 1e300,
  },
  {
    tag: "SMALL_ATOM_UTF8",
    erlang: "stop",
    hex: "83770473746f70",
    term: atom("stop"),
  },
  { tag: "SMALL_ATOM_UTF8", erlang: "''", hex: "837700", term: atom("") },
  { tag: "SMALL_ATOM_UTF8", erlang: "true", hex: "83770474727565", term: true },
  {
    tag: "SMALL_ATOM_UTF8",
    erlang: "false",
    hex: "83770566616c7365",
    term: false,
  },
  {
    tag: "SMALL_ATOM_UTF8",
    erlang: "undefined",
    hex: "837709756e646566696e6564",
    term: undefined,
  },
  { tag: "SMALL_ATOM_UTF8", erlang: "null", hex: "8377046e756c6c", term: null },
  {
    tag: "SMALL_ATOM_UTF8",
    erlang: "'caf\\x{e9} \\x{2192}'",
    hex: "837709636166c3a920e28692",
    term: atom("café →"),
  },
  {
    tag: "ATOM_UTF8",
    erlang: "list_to_atom(lists:duplicate(130, 16#e9))",
    hex: `83760104${"c3a9".repeat(130)}`,
    term: atom("é".repeat(130)),
  },
];
