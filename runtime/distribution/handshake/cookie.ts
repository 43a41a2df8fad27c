import { isSameDigest, md5 } from "../digest.ts";
import { CookieError } from "./cookie-error.ts";

/** Node's `inspect.custom`. */
const inspected = Symbol.for("nodejs.util.inspect.custom");

/** An atom has so many characters at most, and Erlang's cookies are atoms. */
const LONGEST_COOKIE = 255;

/**
 * The secret that the nodes of a cluster share. Whoever has it can run any
 * program on every node, so it shows itself to nobody: not when printed, not
 * in an error, not as JSON. It never goes over the wire either; what does is
 * a digest that proves that the sender has it.
 */
export class Cookie {
  readonly #value: string;

  /** @throws CookieError `bad_cookie`; the message does not repeat the cookie. */
  constructor(value: string) {
    const isCookie = /^[\x20-\xff]+$/.test(value);
    if (!isCookie || value.length > LONGEST_COOKIE) {
      throw new CookieError(
        "bad_cookie",
        `A cookie must be 1 to ${LONGEST_COOKIE} Latin-1 characters without line breaks. Choose letters and digits.`,
      );
    }
    this.#value = value;
  }

  /** What answers a challenge (a whole number of 32 bits): 16 bytes of MD5. */
  digest(challenge: number): Uint8Array {
    return md5(this.#value + challenge);
  }

  /** Whether the digest answers the challenge, in the same time for any digest. */
  isAnsweredBy(challenge: number, digest: Uint8Array): boolean {
    return isSameDigest(this.digest(challenge), digest);
  }

  toString(): string {
    return "[the cookie]";
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}
