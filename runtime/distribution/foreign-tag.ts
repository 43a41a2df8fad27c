import { type Remote, type RemotePid, RemoteRef } from "../core/remote.ts";
import { tuple } from "./etf/index.ts";
import { WayBack } from "./way-back.ts";

/**
 * The tag of a call that is no alias, such as that of Erlang's
 * `gen_server:multi_call`: the reply has to go to the caller's pid, with the
 * tag beside it. To a server here it is an address like any other.
 */
export class ForeignTag extends RemoteRef {
  /** As it came, and as it goes back. */
  readonly tag: unknown;

  constructor(tag: unknown, caller: RemotePid) {
    super(new TaggedReply(tag, caller), [], caller.creation, caller.nodeIndex);
    this.tag = tag;
  }
}

class TaggedReply extends WayBack {
  readonly #tag: unknown;

  constructor(tag: unknown, caller: RemotePid) {
    super(caller);
    this.#tag = tag;
  }

  send(...[from, , message]: Parameters<Remote["send"]>): void {
    const isReply = Array.isArray(message) && message[0] === "$gen_reply";
    const told = isReply ? tuple(this.#tag, message[2]) : message;
    this.caller.remote.send(from, this.caller, told);
  }
}
