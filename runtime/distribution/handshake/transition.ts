import type { Cookie } from "./cookie.ts";
import type { Awaited, Refusal } from "./refusal.ts";

/** Who this node is, as it tells the others. */
export interface Identity {
  readonly name: string;
  /** What EPMD gave: tells this life of the node from an earlier one. */
  readonly creation: number;
  /** What this node can do: `OFFERED` of flags.ts, or more, or less. */
  readonly flags: bigint;
  /** The cookie for this peer; most have one for all (`erlang:set_cookie/2`). */
  readonly cookieFor: (peer: string) => Cookie;
}

/** The other node, once both have proved that they have the cookie. */
export interface Peer {
  readonly name: string;
  readonly creation: number;
  /** What both nodes can do. */
  readonly flags: bigint;
  /** It is connected already: the earlier connection is to be closed. */
  readonly replaces: boolean;
}

/** A place in the handshake: what is due, and what to do when it has come. */
export interface Waiting {
  readonly awaited: Awaited;
  readonly receive: (message: Uint8Array) => Transition;
}

/** One step of the handshake: what to say, and what comes of it. */
export type Transition =
  | {
      readonly kind: "waiting";
      readonly send: readonly Uint8Array[];
      readonly next: Waiting;
    }
  | {
      readonly kind: "done";
      readonly send: readonly Uint8Array[];
      readonly peer: Peer;
    }
  | {
      readonly kind: "refused";
      readonly send: readonly Uint8Array[];
      readonly refusal: Refusal;
    };

export function waiting(
  awaited: Awaited,
  receive: (message: Uint8Array) => Transition,
  ...send: Uint8Array[]
): Transition {
  return { kind: "waiting", send, next: { awaited, receive } };
}

export function done(peer: Peer, ...send: Uint8Array[]): Transition {
  return { kind: "done", send, peer };
}

export function refused(refusal: Refusal, ...send: Uint8Array[]): Transition {
  return { kind: "refused", send, refusal };
}

/** Bytes that are no message, as a step: nothing is said to them. */
export function unreadable(
  why: "garbled" | "old_version",
  awaited: Awaited,
): Transition {
  return refused(why === "garbled" ? { code: why, awaited } : { code: why });
}
