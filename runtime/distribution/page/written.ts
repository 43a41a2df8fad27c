/**
 * What the codec and the handshake write, for the tests to run in Node and in
 * pages: told as hexadecimal, because objects do not leave a page.
 */
import { createCodec, EtfError } from "../etf/index.ts";
import { samples } from "../etf/samples.ts";
import { older } from "../etf/samples-of-old.ts";
import { accepting } from "../handshake/accepting.ts";
import { connecting } from "../handshake/connecting.ts";
import { Cookie } from "../handshake/cookie.ts";
import { CookieError } from "../handshake/cookie-error.ts";
import { findCookie } from "../handshake/find-cookie.ts";
import { Handshake } from "../handshake/machine.ts";

const codec = createCodec();

/** Each sample, read and written, and its term written; as hexadecimal. */
export function samplesWritten(): string[] {
  const all = [...samples, ...older].filter(({ tag }) => tag !== "COMPRESSED");
  return all.flatMap(({ hex, term }) => {
    const read = codec.decode(bytesOf(hex));
    return [hexOf(codec.encode(read)), hexOf(codec.encode(term))];
  });
}

/** Bytes of anybody's, read and written again; or what is wrong with them. */
export function writtenAgain(hexes: readonly string[]): string[] {
  return hexes.map((hex) => {
    try {
      return hexOf(codec.encode(codec.decode(bytesOf(hex))));
    } catch (error) {
      if (!(error instanceof EtfError)) throw error;
      return `${error.code}: ${error.message}`;
    }
  });
}

/** One side of a recorded handshake. */
export interface Side {
  readonly cookie: string;
  readonly name: string;
  readonly peer: string;
  readonly creation: number;
  readonly flags: string;
  readonly challenge: number;
  /** What the other side says. */
  readonly heard: readonly string[];
}

/** What each side of a handshake says, and whether it is done. */
export function said(caller: Side, called: Side): string[] {
  return [caller, called].flatMap((side) => {
    const { name, peer, creation, challenge } = side;
    const flags = BigInt(side.flags);
    const cookieFor = () => new Cookie(side.cookie);
    const me = { name, creation, flags, cookieFor };
    const first =
      side === caller
        ? connecting(me, { peer, challenge })
        : accepting(me, { challenge, admit: () => "ok" });
    const handshake = new Handshake(first);
    const all = [handshake.progress.send];
    for (const hex of side.heard) {
      all.push(handshake.receive(bytesOf(hex)).send);
    }
    return [all.map(hexOf).join(""), handshake.progress.kind];
  });
}

/** Why there is no cookie here. */
export function withoutCookie(): string {
  try {
    findCookie();
    return "there is one";
  } catch (error) {
    return error instanceof CookieError ? error.code : String(error);
  }
}

const bytesOf = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
