import { atom, float, ImproperList, list, tuple } from "./index.ts";
import type { Sample } from "./sample.ts";

/** Tuples, lists and maps, as OTP 25 writes them. */
export const containers: readonly Sample[] = [
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
];
