import { BitString, foreignPid, foreignPort, foreignRef } from "./index.ts";
import type { Sample } from "./sample.ts";
import { containers } from "./samples-of-containers.ts";
import { leaves } from "./samples-of-leaves.ts";

const shop = "shop@localhost";
const creation = 0x6b06_4d3f;

/** At least one of every tag that OTP 25 writes, recorded from it. */
export const samples: readonly Sample[] = [
  ...leaves,
  ...containers,
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
