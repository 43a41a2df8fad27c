import { Buffer } from "../bytes.ts";

/*
 * The messages of the handshake, without the two bytes of length in front
 * (Erlang's manual: ERTS User's Guide, "Distribution Protocol", "Distribution
 * Handshake"). Names are Latin-1 in them.
 */

/** The first thing that a connecting node says: who it is. */
export interface NameMessage {
  readonly flags: bigint;
  /** Tells this life of the node from an earlier one of the same name. */
  readonly creation: number;
  readonly name: string;
}

/** The accepting node's name, and what the other must answer. */
export interface ChallengeMessage extends NameMessage {
  readonly challenge: number;
}

/** The connecting node's answer, and its own question. */
export interface ReplyMessage {
  readonly challenge: number;
  readonly digest: Uint8Array;
}

/** Bytes that are no message; or one of version 5, before OTP 23. */
export type Unreadable = "garbled" | "old_version";

const NAME = 78; // N
const OLD_NAME = 110; // n
const STATUS = 115; // s
const REPLY = 114; // r
const ACK = 97; // a
const DIGEST_BYTES = 16;
const NAME_HEAD = 15;
const CHALLENGE_HEAD = 19;

export function encodeName(said: NameMessage): Uint8Array {
  const head = Buffer.alloc(NAME_HEAD);
  head[0] = NAME;
  head.writeBigUInt64BE(said.flags, 1);
  head.writeUInt32BE(said.creation, 9);
  head.writeUInt16BE(said.name.length, 13);
  return Buffer.concat([head, Buffer.from(said.name, "latin1")]);
}

export function decodeName(message: Uint8Array): NameMessage | Unreadable {
  const bytes = Buffer.from(message);
  if (bytes[0] === OLD_NAME) return "old_version";
  if (bytes[0] !== NAME || bytes.length < NAME_HEAD) return "garbled";
  const end = NAME_HEAD + bytes.readUInt16BE(13);
  // More behind the name is for versions to come, and passed over.
  if (end > bytes.length) return "garbled";
  return {
    flags: bytes.readBigUInt64BE(1),
    creation: bytes.readUInt32BE(9),
    name: bytes.toString("latin1", NAME_HEAD, end),
  };
}

export function encodeChallenge(said: ChallengeMessage): Uint8Array {
  const head = Buffer.alloc(CHALLENGE_HEAD);
  head[0] = NAME;
  head.writeBigUInt64BE(said.flags, 1);
  head.writeUInt32BE(said.challenge, 9);
  head.writeUInt32BE(said.creation, 13);
  head.writeUInt16BE(said.name.length, 17);
  return Buffer.concat([head, Buffer.from(said.name, "latin1")]);
}

export function decodeChallenge(
  message: Uint8Array,
): ChallengeMessage | Unreadable {
  const bytes = Buffer.from(message);
  if (bytes[0] === OLD_NAME) return "old_version";
  if (bytes[0] !== NAME || bytes.length < CHALLENGE_HEAD) return "garbled";
  const end = CHALLENGE_HEAD + bytes.readUInt16BE(17);
  if (end > bytes.length) return "garbled";
  return {
    flags: bytes.readBigUInt64BE(1),
    challenge: bytes.readUInt32BE(9),
    creation: bytes.readUInt32BE(13),
    name: bytes.toString("latin1", CHALLENGE_HEAD, end),
  };
}

/** A word such as `ok`, `nok`, `not_allowed`, `alive`; and `true` or `false` back. */
export function encodeStatus(status: string): Uint8Array {
  return Buffer.concat([Buffer.of(STATUS), Buffer.from(status, "latin1")]);
}

export function decodeStatus(
  message: Uint8Array,
): { readonly status: string } | "garbled" {
  if (message[0] !== STATUS) return "garbled";
  return { status: Buffer.from(message.subarray(1)).toString("latin1") };
}

export function encodeReply(said: ReplyMessage): Uint8Array {
  const head = Buffer.alloc(5);
  head[0] = REPLY;
  head.writeUInt32BE(said.challenge, 1);
  return Buffer.concat([head, said.digest]);
}

export function decodeReply(message: Uint8Array): ReplyMessage | "garbled" {
  if (message[0] !== REPLY || message.length !== 5 + DIGEST_BYTES) {
    return "garbled";
  }
  const bytes = Buffer.from(message);
  return { challenge: bytes.readUInt32BE(1), digest: bytes.subarray(5) };
}

export function encodeAck(digest: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(ACK), digest]);
}

export function decodeAck(
  message: Uint8Array,
): { readonly digest: Uint8Array } | "garbled" {
  if (message[0] !== ACK || message.length !== 1 + DIGEST_BYTES) {
    return "garbled";
  }
  return { digest: message.subarray(1) };
}
