import type { LocalPid } from "../core/pid.ts";
import type { LocalRef } from "../core/ref.ts";
import { RemotePid, type RemoteRef } from "../core/remote.ts";
import { atom, type Codec, list, tuple } from "./etf/index.ts";
import { encodeReason } from "./exit-term.ts";
import { toErlang } from "./gen-shape.ts";
import { Operation } from "./operations.ts";
import { measured, packet } from "./packets.ts";
import { PASS_THROUGH } from "./read-control.ts";

/** What a packet starts with behind its length. */
const MARK = Uint8Array.of(PASS_THROUGH);
/** Stands where the cookie was before there was a handshake. */
const UNUSED = atom("");

/** A pid of ours; `undefined` is code outside any process, which is nobody. */
export type Sender = LocalPid | undefined;

/** Where a message is sent to. */
type Target = RemotePid | RemoteRef | string;

/** Whatever was named as a process here; perhaps one of an earlier node. */
type Ours = LocalPid | object;

/**
 * The packets that a node sends, ready for the wire.
 *
 * They throw EtfError for a message that has no term; a reason always has one.
 */
export class Frames {
  readonly #codec: Codec;
  /** Stands in where a pid is wanted and there is no process. */
  readonly #nobody: Ours;
  /** The packet of the last sending without its message: the next is alike. */
  #lastHead: Uint8Array = MARK;
  #lastTo: Target | undefined;
  #lastFrom: Sender;

  constructor(codec: Codec, nobody: Ours) {
    this.#codec = codec;
    this.#nobody = nobody;
  }

  send(to: Target, from: Sender, message: unknown): Uint8Array {
    // Of what goes to a pid, nobody is told who has sent it.
    const sender = to instanceof RemotePid ? undefined : from;
    if (to !== this.#lastTo || sender !== this.#lastFrom) {
      this.#lastHead = this.#frame(sending(to, sender ?? this.#nobody));
      this.#lastTo = to;
      this.#lastFrom = sender;
    }
    const head = this.#lastHead;
    return measured(this.#codec.encodeMessageBehind(head, toErlang(message)));
  }

  link(from: Ours, to: RemotePid): Uint8Array {
    return this.#frame(tuple(Operation.LINK, from, to));
  }

  unlink(id: number, from: Ours, to: RemotePid): Uint8Array {
    return this.#frame(tuple(Operation.UNLINK_ID, id, from, to));
  }

  unlinkAck(id: number | bigint, from: Ours, to: RemotePid): Uint8Array {
    return this.#frame(tuple(Operation.UNLINK_ID_ACK, id, from, to));
  }

  exit(
    from: Ours | undefined,
    to: RemotePid,
    reason: unknown,
    overLink: boolean,
  ): Uint8Array {
    const operation = overLink
      ? Operation.PAYLOAD_EXIT
      : Operation.PAYLOAD_EXIT2;
    const control = tuple(operation, from ?? this.#nobody, to);
    return this.#frame(control, encodeReason(this.#codec, reason));
  }

  monitor(from: Ours, watched: RemotePid | string, ref: LocalRef): Uint8Array {
    const there = whoOrName(watched);
    return this.#frame(tuple(Operation.MONITOR_P, from, there, ref));
  }

  demonitor(from: Ours, watched: RemotePid | string, ref: LocalRef) {
    const there = whoOrName(watched);
    return this.#frame(tuple(Operation.DEMONITOR_P, from, there, ref));
  }

  down(from: Ours | string, to: RemotePid, ref: RemoteRef, reason: unknown) {
    const here = whoOrName(from);
    const control = tuple(Operation.PAYLOAD_MONITOR_P_EXIT, here, to, ref);
    return this.#frame(control, encodeReason(this.#codec, reason));
  }

  /** Asks for a process that runs `erpc:execute_call/4`, watched from here. */
  execute(from: LocalPid, ref: LocalRef, args: readonly unknown[]) {
    const target = ["erpc", atom("execute_call"), args.length];
    const control = tuple(Operation.SPAWN_REQUEST, ref, from, from, target, [
      atom("monitor"),
    ]);
    return this.#frame(control, this.#codec.encode(list(...args)));
  }

  spawned(ref: RemoteRef, to: RemotePid, flags: number, result: Ours | string) {
    const control = tuple(
      Operation.SPAWN_REPLY,
      ref,
      to,
      flags,
      whoOrName(result),
    );
    return this.#frame(control);
  }

  #frame(control: unknown, payload?: Uint8Array): Uint8Array {
    const head = this.#codec.encode(control);
    return payload ? packet(MARK, head, payload) : packet(MARK, head);
  }
}

function sending(to: Target, sender: Ours): unknown[] {
  if (typeof to === "string") {
    return tuple(Operation.REG_SEND, sender, UNUSED, atom(to));
  }
  return "words" in to
    ? tuple(Operation.ALIAS_SEND, sender, to)
    : tuple(Operation.SEND, UNUSED, to);
}

function whoOrName(who: object | string): unknown {
  return typeof who === "string" ? atom(who) : who;
}
