import { expanded, missingFrom } from "./mandatory.ts";
import {
  decodeAck,
  decodeChallenge,
  decodeStatus,
  encodeName,
  encodeReply,
  encodeStatus,
} from "./message.ts";
import {
  done,
  type Identity,
  type Peer,
  refused,
  type Transition,
  unreadable,
  waiting,
} from "./transition.ts";

/** What the connecting side needs besides its identity. */
export interface Call {
  /** The whole name of the node that is called. */
  readonly peer: string;
  /** What the other node must answer: a random number of 32 bits. */
  readonly challenge: number;
  /**
   * Asked when the other node believes to be connected already ("alive"):
   * whether this connection is wanted all the same. Default: it is.
   */
  readonly isWanted?: () => boolean;
}

/**
 * The side that connects: says its name, waits to be let in, answers the
 * challenge, and sees its own answered (Erlang's
 * `dist_util:handshake_we_started/1`).
 */
export function connecting(me: Identity, call: Call): Transition {
  return waiting(
    "status",
    (message) => onStatus(me, call, message),
    encodeName(me),
  );
}

function onStatus(me: Identity, call: Call, message: Uint8Array): Transition {
  const { peer, isWanted = () => true } = call;
  const said = decodeStatus(message);
  if (said === "garbled") return unreadable(said, "status");
  const goOn = (...send: Uint8Array[]) =>
    waiting("challenge", (next) => onChallenge(me, call, next), ...send);
  switch (said.status) {
    case "ok":
    case "ok_simultaneous":
      return goOn();
    case "alive":
      return isWanted()
        ? goOn(encodeStatus("true"))
        : refused({ code: "still_connected", peer }, encodeStatus("false"));
    case "nok":
    case "not_allowed":
      return refused({ code: said.status, peer, by: "them" });
    default:
      return refused({ code: "unknown_status", peer, status: said.status });
  }
}

function onChallenge(
  me: Identity,
  call: Call,
  message: Uint8Array,
): Transition {
  const { peer, challenge } = call;
  const said = decodeChallenge(message);
  if (typeof said === "string") return unreadable(said, "challenge");
  if (said.name !== peer) {
    return refused({ code: "wrong_name", peer, answered: said.name });
  }
  const theirFlags = expanded(said.flags);
  const missing = missingFrom(theirFlags);
  if (missing.length > 0) {
    return refused({ code: "missing_flags", peer, missing });
  }
  const met: Peer = {
    name: peer,
    creation: said.creation,
    flags: me.flags & theirFlags,
    replaces: false,
  };
  const digest = me.cookieFor(peer).digest(said.challenge);
  return waiting(
    "ack",
    (next) => onAck(me, challenge, met, next),
    encodeReply({ challenge, digest }),
  );
}

function onAck(
  me: Identity,
  challenge: number,
  met: Peer,
  message: Uint8Array,
): Transition {
  const said = decodeAck(message);
  if (said === "garbled") return unreadable(said, "ack");
  // The other node proves itself too: a stranger could have taken its port.
  return me.cookieFor(met.name).isAnsweredBy(challenge, said.digest)
    ? done(met)
    : refused({ code: "bad_cookie", peer: met.name, awaited: "ack" });
}
