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

/** A term in its three spellings. */
export interface Sample {
  readonly tag: string;
  /** The expression that makes it, if it is the same in every run. */
  readonly erlang?: string;
  /** What OTP 25 writes for it with `[{minor_version, 2}]`. */
  readonly hex: string;
  readonly term: unknown;
}

const shop = "shop@localhost";
const creation = 0x6b06_4d3f;

/** At least one of every tag that OTP 25 writes, recorded from it. */
export const samples: readonly Sample[] = [
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
  { tag: "SMALL_TUPLE", erlang: "{}", hex: "836800", term: tuple() },
  {
    tag: "SMALL_TUPLE",
    erlang: '{ok, <<"Ann">>}',
    hex: "83680277026f6b6d00000003416e6e",
    term: ["ok", "Ann"],
  },
  {
    tag: "SMALL_TUPLE",
    erlang: "{true, stop}",
    hex: "836802770474727565770473746f70",
    term: ["true", atom("stop")],
  },
  {
    tag: "SMALL_TUPLE",
    erlang: "{1, 2}",
    hex: "83680261016102",
    term: tuple(1, 2),
  },
  {
    tag: "SMALL_TUPLE",
    erlang: '{<<"ok">>}',
    hex: "8368016d000000026f6b",
    term: tuple("ok"),
  },
  {
    tag: "LARGE_TUPLE",
    erlang: "list_to_tuple(lists:duplicate(256, 0))",
    hex: `836900000100${"6100".repeat(256)}`,
    term: tuple(...new Array(256).fill(0)),
  },
  { tag: "NIL", erlang: "[]", hex: "836a", term: [] },
  { tag: "STRING", erlang: '"ab"', hex: "836b00026162", term: [97, 98] },
  {
    tag: "LIST",
    erlang: "[256]",
    hex: "836c0000000162000001006a",
    term: [256],
  },
  {
    tag: "LIST",
    erlang: "[1.0]",
    hex: "836c00000001463ff00000000000006a",
    term: [float(1)],
  },
  {
    tag: "LIST",
    erlang: '[<<"Ann">>, <<"Bo">>]',
    hex: "836c000000026d00000003416e6e6d00000002426f6a",
    term: list("Ann", "Bo"),
  },
  {
    tag: "LIST",
    erlang: "[stop]",
    hex: "836c00000001770473746f706a",
    term: [atom("stop")],
  },
  {
    tag: "LIST",
    erlang: "[alias | 1]",
    hex: "836c000000017705616c6961736101",
    term: new ImproperList([atom("alias")], 1),
  },
  {
    tag: "BINARY",
    erlang: '<<"Ann">>',
    hex: "836d00000003416e6e",
    term: "Ann",
  },
  {
    tag: "BINARY",
    erlang: '<<"caf\\x{e9} \\x{1f600}"/utf8>>',
    hex: "836d0000000a636166c3a920f09f9880",
    term: "café 😀",
  },
  {
    tag: "BINARY",
    erlang: "<<16#ef, 16#bb, 16#bf>>",
    hex: "836d00000003efbbbf",
    term: "\ufeff",
  },
  {
    tag: "BINARY",
    erlang: "<<255, 0>>",
    hex: "836d00000002ff00",
    term: new Uint8Array([255, 0]),
  },
  {
    tag: "BIT_BINARY",
    erlang: "<<5:3>>",
    hex: "834d0000000103a0",
    term: new BitString(new Uint8Array([0b1010_0000]), 3),
  },
  { tag: "MAP", erlang: "#{}", hex: "837400000000", term: {} },
  {
    tag: "MAP",
    erlang: '#{<<"name">> => <<"Ann">>}',
    hex: "8374000000016d000000046e616d656d00000003416e6e",
    term: { name: "Ann" },
  },
  {
    tag: "MAP",
    erlang: "#{name => 1}",
    hex: "83740000000177046e616d656101",
    term: new Map([[atom("name"), 1]]),
  },
  {
    tag: "MAP",
    erlang: '#{1 => 2, <<"a">> => 3}',
    hex: "837400000002610161026d00000001616103",
    term: new Map<unknown, number>([
      [1, 2],
      ["a", 3],
    ]),
  },
  {
    tag: "NEW_PID",
    hex: "8358770e73686f70406c6f63616c686f737400000009000000006b064d3f",
    term: foreignPid(shop, 9, 0, creation),
  },
  {
    tag: "NEWER_REFERENCE",
    hex: "835a0003770e73686f70406c6f63616c686f73746b064d3f000227b5aca0000238208578",
    term: foreignRef(shop, creation, [0x0002_27b5, 0xaca0_0002, 0x3820_8578]),
  },
  {
    tag: "NEW_PORT",
    hex: "8359770e73686f70406c6f63616c686f7374000000006b064d3f",
    term: foreignPort(shop, 0n, creation),
  },
  {
    tag: "V4_PORT",
    hex: "8378770e73686f70406c6f63616c686f737400000001000000006b064d3f",
    term: foreignPort(shop, 2n ** 32n, creation),
  },
];

/** `fun lists:map/2`, and a fun of a module `fn` that closes over 5. */
export const funs = {
  exported: "837177056c6973747377036d61706102",
  closure:
    "83700000004701904fd5cc80992880d0a9be79b4e8cdc400000000000000017702666e61006204827eae58770e73686f70406c6f63616c686f737400000009000000006b064d3f6105",
};

/** What OTP 25 reads and other releases write, and what it is. */
export const older: readonly Sample[] = [
  { tag: "ATOM", hex: "83640004636166e9", term: atom("café") },
  { tag: "ATOM", hex: "8364000474727565", term: true },
  { tag: "SMALL_ATOM", hex: "837304636166e9", term: atom("café") },
  {
    tag: "FLOAT",
    hex: "8363312e3530303030303030303030303030303030303030652b30300000000000",
    term: 1.5,
  },
  {
    tag: "PID",
    hex: "836764000161000000050000000701",
    term: foreignPid("a", 5, 7, 1),
  },
  {
    tag: "REFERENCE",
    hex: "8365640001610000000501",
    term: foreignRef("a", 1, [5]),
  },
  {
    tag: "NEW_REFERENCE",
    hex: "837200026400016101000000050000000a",
    term: foreignRef("a", 1, [5, 10]),
  },
  {
    tag: "PORT",
    hex: "8366640001610000000501",
    term: foreignPort("a", 5n, 1),
  },
  {
    tag: "COMPRESSED",
    hex: "835000000100789ccb616060304a6160cacf1e914416006a493f89",
    term: new Array(50).fill(atom("ok")),
  },
];
