import {
  BIG_CREATION,
  BIT_BINARIES,
  EXPORT_PTR_TAG,
  EXTENDED_PIDS_PORTS,
  EXTENDED_REFERENCES,
  FUN_TAGS,
  HANDSHAKE_23,
  MANDATORY,
  MANDATORY_25_DIGEST,
  MAP_TAG,
  NEW_FLOATS,
  NEW_FUN_TAGS,
  UTF8_ATOMS,
} from "./flags.ts";

const names: readonly (readonly [flag: bigint, name: string])[] = [
  [HANDSHAKE_23, "HANDSHAKE_23"],
  [BIG_CREATION, "BIG_CREATION"],
  [MAP_TAG, "MAP_TAG"],
  [UTF8_ATOMS, "UTF8_ATOMS"],
  [NEW_FLOATS, "NEW_FLOATS"],
  [BIT_BINARIES, "BIT_BINARIES"],
  [EXPORT_PTR_TAG, "EXPORT_PTR_TAG"],
  [EXTENDED_PIDS_PORTS, "EXTENDED_PIDS_PORTS"],
  [NEW_FUN_TAGS, "NEW_FUN_TAGS"],
  [FUN_TAGS, "FUN_TAGS"],
  [EXTENDED_REFERENCES, "EXTENDED_REFERENCES"],
];

/**
 * The flags as they are meant: a node that says `MANDATORY_25_DIGEST` has all
 * that OTP 25 demands, and later versions of OTP say no more than that.
 */
export function expanded(flags: bigint): bigint {
  return flags & MANDATORY_25_DIGEST ? flags | MANDATORY : flags;
}

/** The names of what a node lacks, in the order in which Erlang logs them. */
export function missingFrom(flags: bigint): readonly string[] {
  return names.filter(([flag]) => !(flags & flag)).map(([, name]) => name);
}
