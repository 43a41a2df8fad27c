import { createHash, timingSafeEqual } from "node:crypto";

/** The MD5 digest of Latin-1 text: 16 bytes. The handshake has no other. */
export function md5(text: string): Uint8Array {
  return createHash("md5").update(text, "latin1").digest();
}

/** Whether both are the same, in a time that tells nothing of where they differ. */
export function isSameDigest(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
