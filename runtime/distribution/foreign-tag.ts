import { type Remote, type RemotePid, RemoteRef } from "../core/remote.ts";
import { tuple } from "./etf/index.ts";

/**
 * The tag of a call that is no alias, such as that of Erlang's
 * `gen_server:multi_call`: the reply has to go to the caller's pid, with the
 * tag beside it. To a server here it is an address like any other.
 */
export class ForeignTag extends RemoteRef {
  /** As it came, and as it goes back. */
  readonly tag: unknown;

  constructor(tag: unknown, caller: RemotePid) {
    super(new WayBack(tag, caller), [], caller.creation, caller.nodeIndex);
    this.tag = tag;
  }
}

/** Sends a reply to who asked; nothing else is ever done to a tag. */
class WayBack implements Remote {
  readonly #tag: unknown;
  readonly #caller: RemotePid;

  constructor(tag: unknown, caller: RemotePid) {
    this.#tag = tag;
    this.#caller = caller;
  }

  get nodeName(): string {
    return this.#caller.remote.nodeName;
  }

  send(from: Parameters<Remote["send"]>[0], _to: unknown, message: unknown) {
    const isReply = Array.isArray(message) && message[0] === "$gen_reply";
    const told = isReply ? tuple(this.#tag, message[2]) : message;
    this.#caller.remote.send(from, this.#caller, told);
  }

  link(): void {}
  unlink(): void {}
  exit(): void {}
  monitor(): void {}
  demonitor(): void {}
  down(): void {}
}
