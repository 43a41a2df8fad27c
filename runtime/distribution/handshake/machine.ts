import { Buffer } from "../bytes.ts";
import type { Awaited, Refusal } from "./refusal.ts";
import type { Peer, Transition, Waiting } from "./transition.ts";

/**
 * The longest message that is read before the other node has proved that it
 * has the cookie. The longest there is has 274 bytes.
 */
const LONGEST_MESSAGE = 1024;

/** Where a handshake stands; `send` is to be sent in every case. */
export type Progress =
  | { readonly kind: "waiting"; readonly send: Uint8Array }
  | {
      readonly kind: "done";
      readonly send: Uint8Array;
      readonly peer: Peer;
      /** What came behind the handshake: the first bytes of the connection. */
      readonly rest: Uint8Array;
    }
  | {
      readonly kind: "refused";
      readonly send: Uint8Array;
      readonly refusal: Refusal;
    };

/**
 * The handshake of Erlang's distribution, version 6, as a machine: bytes go
 * in, bytes come out, and in the end there is a peer or a refusal. It knows
 * nothing of sockets and time, and holds no more than one message.
 *
 * Made from the first step of a role: `new Handshake(connecting(…))`.
 */
export class Handshake {
  #place: Waiting | undefined;
  #received: Uint8Array = new Uint8Array(0);
  #progress: Progress;

  constructor(first: Transition) {
    this.#progress = this.#take(first, []);
  }

  /** Where it stood when it was last asked; at first, with what opens it. */
  get progress(): Progress {
    return this.#progress;
  }

  /** What is due from the other node, or `undefined` when it is over. */
  get awaited(): Awaited | undefined {
    return this.#place?.awaited;
  }

  /** Takes bytes in whatever pieces they come. Once it is over, nothing more is said. */
  receive(bytes: Uint8Array): Progress {
    if (!this.#place) return { ...this.#progress, send: join([]) };
    this.#received = Buffer.concat([this.#received, bytes]);
    const send: Uint8Array[] = [];
    let progress: Progress = { kind: "waiting", send: join(send) };
    while (this.#place) {
      const message = this.#nextMessage();
      if (message === undefined) break;
      const step: Transition =
        typeof message === "number"
          ? refusedLength(message)
          : this.#place.receive(message);
      progress = this.#take(step, send);
    }
    this.#progress = progress;
    return progress;
  }

  #take(step: Transition, sent: Uint8Array[]): Progress {
    sent.push(...step.send.map(withLength));
    const send = join(sent);
    if (step.kind === "waiting") {
      this.#place = step.next;
      return { kind: "waiting", send };
    }
    this.#place = undefined;
    const rest = this.#received;
    this.#received = new Uint8Array(0);
    return step.kind === "done"
      ? { kind: "done", send, peer: step.peer, rest }
      : { kind: "refused", send, refusal: step.refusal };
  }

  /** A whole message; its length if that is too much; nothing if it is not all there. */
  #nextMessage(): Uint8Array | number | undefined {
    const [high, low] = this.#received;
    if (high === undefined || low === undefined) return undefined;
    const end = 2 + high * 256 + low;
    if (end - 2 > LONGEST_MESSAGE) return end - 2;
    if (this.#received.length < end) return undefined;
    const message = this.#received.subarray(2, end);
    this.#received = this.#received.subarray(end);
    return message;
  }
}

function refusedLength(bytes: number): Transition {
  return { kind: "refused", send: [], refusal: { code: "too_long", bytes } };
}

function withLength(message: Uint8Array): Uint8Array {
  return Uint8Array.of(message.length >> 8, message.length & 255, ...message);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
