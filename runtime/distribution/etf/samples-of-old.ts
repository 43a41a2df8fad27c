import { atom, foreignPid, foreignPort, foreignRef } from "./index.ts";
import type { Sample } from "./sample.ts";

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
