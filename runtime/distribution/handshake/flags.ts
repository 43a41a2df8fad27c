/*
 * What a node can do, one bit each (Erlang's manual: ERTS User's Guide,
 * "Distribution Protocol", "Distribution Flags"). Both nodes say theirs, and
 * only what both have is used afterwards. They are 64 bits wide: bigint.
 */

/** The node is to be seen in `nodes()`; a hidden node leaves it out. */
export const PUBLISHED = 0x01n;
/** References have more than one number. */
export const EXTENDED_REFERENCES = 0x04n;
/** Monitors work across nodes. */
export const DIST_MONITOR = 0x08n;
/** Funs have a tag of their own. */
export const FUN_TAGS = 0x10n;
/** A process can be monitored by its registered name. */
export const DIST_MONITOR_NAME = 0x20n;
/** Funs carry the version of their module. */
export const NEW_FUN_TAGS = 0x80n;
/** Pids and ports have numbers of more than 18 bits. */
export const EXTENDED_PIDS_PORTS = 0x100n;
/** `fun lists:map/2` has a tag of its own. */
export const EXPORT_PTR_TAG = 0x200n;
/** A binary may end in the middle of a byte. */
export const BIT_BINARIES = 0x400n;
/** Floats are sent as their eight bytes, not as text. */
export const NEW_FLOATS = 0x800n;
/** The node prints text beyond Latin-1. */
export const UNICODE_IO = 0x1000n;
/** Each message begins with a list of the atoms in it, and both remember them. */
export const DIST_HDR_ATOM_CACHE = 0x2000n;
/** Atoms of less than 256 bytes have a shorter tag. */
export const SMALL_ATOM_TAGS = 0x4000n;
/** Atoms are UTF-8. */
export const UTF8_ATOMS = 0x10000n;
/** Maps can be sent. */
export const MAP_TAG = 0x20000n;
/** A creation has 32 bits, not two. */
export const BIG_CREATION = 0x40000n;
/** A message says who sent it. */
export const SEND_SENDER = 0x80000n;
/** Exit reasons travel behind the message, where they may be fragments. */
export const EXIT_PAYLOAD = 0x400000n;
/** A long message comes in pieces, so that it holds up no short one. */
export const FRAGMENTS = 0x800000n;
/** This handshake: names with flags of 64 bits and creations of 32. */
export const HANDSHAKE_23 = 0x1000000n;
/** `unlink` is numbered and acknowledged, so that no late exit slips through. */
export const UNLINK_ID = 0x2000000n;
/** Stands for everything that OTP 25 demands; see {@link MANDATORY}. */
export const MANDATORY_25_DIGEST = 0x4000000n;
/** `spawn` on another node is a request of the protocol, with an answer. */
export const SPAWN = 1n << 32n;
/** The node has no name yet, and asks for one. */
export const NAME_ME = 2n << 32n;
/** Pids, ports and references have larger numbers still. */
export const V4_NC = 4n << 32n;
/** Messages can be sent to an alias. */
export const ALIAS = 8n << 32n;

/** Who lacks one of these is not let in by OTP 25, nor here. */
export const MANDATORY =
  EXTENDED_REFERENCES |
  FUN_TAGS |
  NEW_FUN_TAGS |
  EXTENDED_PIDS_PORTS |
  EXPORT_PTR_TAG |
  BIT_BINARIES |
  NEW_FLOATS |
  UTF8_ATOMS |
  MAP_TAG |
  BIG_CREATION |
  HANDSHAKE_23;

/**
 * What this node says of itself unless told otherwise. The atom cache and
 * fragments are left out, so that every message comes whole and can be read by
 * itself; so are aliases, `SPAWN` and `SEND_SENDER`, which the other node does
 * without where they are missing.
 */
export const OFFERED =
  MANDATORY |
  PUBLISHED |
  DIST_MONITOR |
  DIST_MONITOR_NAME |
  UNICODE_IO |
  SMALL_ATOM_TAGS |
  EXIT_PAYLOAD |
  UNLINK_ID |
  MANDATORY_25_DIGEST |
  V4_NC;
