import { nameFrom, type Registration } from "./registration.ts";

/** A name in the list that `epmd -names` prints. */
export type Listed = Pick<Registration, "name" | "port">;

const REGISTERED = 121; // ALIVE2_RESP, with a creation of 2 bytes
const REGISTERED_X = 118; // ALIVE2_X_RESP, with a creation of 4 bytes
const PORT = 119; // PORT2_RESP
const OK = 0;
const REFUSED = 1;
const VISIBLE = 77;
const HIDDEN = 72;
const PORT_FIXED_BYTES = 12;

/** The creation a refused node is told, as OTP's epmd does; nobody reads it. */
const NO_CREATION = 99;

/**
 * The answer to a registration. `creation` tells this life of the node from
 * an earlier one of the same name; `"taken"` refuses.
 *
 * @param version - The highest version of the node: from 6 it reads 4 bytes.
 */
export function encodeRegistered(
  creation: number | "taken",
  version: number,
): Uint8Array {
  const result = creation === "taken" ? REFUSED : OK;
  const told = creation === "taken" ? NO_CREATION : creation;
  if (version < 6) {
    // Two bits of it are all that such a node has room for, and 0 is a wildcard.
    const narrow = creation === "taken" ? told : (told % 3) + 1;
    return Buffer.of(REGISTERED, result, narrow >> 8, narrow & 255);
  }
  const bytes = Buffer.of(REGISTERED_X, result, 0, 0, 0, 0);
  bytes.writeUInt32BE(told, 2);
  return bytes;
}

/** What a registration was answered; `"more"` until all of it is there. */
export function decodeRegistered(
  bytes: Uint8Array,
): { readonly creation: number } | "taken" | "more" | "garbage" {
  const width = bytes[0] === REGISTERED_X ? 4 : 2;
  if (bytes.length === 0) return "more";
  if (bytes[0] !== REGISTERED && bytes[0] !== REGISTERED_X) return "garbage";
  if (bytes.length < 2 + width) return "more";
  if (bytes.length > 2 + width) return "garbage";
  if (bytes[1] !== OK) return "taken";
  return { creation: Buffer.from(bytes).readUIntBE(2, width) };
}

/** Where a node listens, or that there is none of that name. */
export function encodePort(found: Registration | undefined): Uint8Array {
  if (found === undefined) return Buffer.of(PORT, REFUSED);
  const name = Buffer.from(found.name);
  const { extra } = found;
  const bytes = Buffer.alloc(PORT_FIXED_BYTES + name.length + 2 + extra.length);
  bytes[0] = PORT;
  bytes.writeUInt16BE(found.port, 2);
  bytes[4] = found.hidden ? HIDDEN : VISIBLE;
  bytes.writeUInt16BE(found.highestVersion, 6);
  bytes.writeUInt16BE(found.lowestVersion, 8);
  bytes.writeUInt16BE(name.length, 10);
  bytes.set(name, PORT_FIXED_BYTES);
  bytes.writeUInt16BE(extra.length, PORT_FIXED_BYTES + name.length);
  bytes.set(extra, PORT_FIXED_BYTES + name.length + 2);
  return bytes;
}

/** A whole answer to the question for a port: EPMD closes behind it. */
export function decodePort(
  answer: Uint8Array,
): Registration | undefined | "garbage" {
  const bytes = Buffer.from(answer);
  if (bytes[0] !== PORT || bytes.length < 2) return "garbage";
  if (bytes[1] !== OK) return undefined;
  if (bytes.length < PORT_FIXED_BYTES + 2) return "garbage";
  const extraAt = PORT_FIXED_BYTES + bytes.readUInt16BE(10) + 2;
  if (extraAt > bytes.length) return "garbage";
  const name = nameFrom(bytes.subarray(PORT_FIXED_BYTES, extraAt - 2));
  const extraEnd = extraAt + bytes.readUInt16BE(extraAt - 2);
  if (name === undefined || extraEnd > bytes.length) return "garbage";
  return {
    name,
    port: bytes.readUInt16BE(2),
    hidden: bytes[4] === HIDDEN,
    highestVersion: bytes.readUInt16BE(6),
    lowestVersion: bytes.readUInt16BE(8),
    extra: Uint8Array.from(bytes.subarray(extraAt, extraEnd)),
  };
}
