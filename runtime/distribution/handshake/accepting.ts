import type { Admission } from "./admission.ts";
import { NAME_ME } from "./flags.ts";
import { expanded, missingFrom } from "./mandatory.ts";
import {
  decodeName,
  decodeReply,
  decodeStatus,
  encodeAck,
  encodeChallenge,
  encodeStatus,
} from "./message.ts";
import { isNodeName } from "./node-name.ts";
import {
  done,
  type Identity,
  type Peer,
  refused,
  type Transition,
  unreadable,
  waiting,
} from "./transition.ts";

/** What the accepting side needs besides its identity. */
export interface Reception {
  /** What the other node must answer: a random number of 32 bits. */
  readonly challenge: number;
  /** What to tell a node of this name; see {@link admission}. */
  readonly admit: (peer: string) => Admission;
}

/**
 * The side that is connected to: hears the name, lets it in or not, and sees
 * its challenge answered before it proves itself (Erlang's
 * `dist_util:handshake_other_started/1`).
 */
export function accepting(me: Identity, reception: Reception): Transition {
  return waiting("name", (message) => onName(me, reception, message));
}

function onName(
  me: Identity,
  reception: Reception,
  message: Uint8Array,
): Transition {
  const said = decodeName(message);
  if (typeof said === "string") return unreadable(said, "name");
  const { name: peer, creation } = said;
  if (said.flags & NAME_ME) {
    return refused({ code: "nameless" }, encodeStatus("not_allowed"));
  }
  // Erlang says nothing to it either.
  if (!isNodeName(peer)) return refused({ code: "bad_name", name: peer });
  const theirFlags = expanded(said.flags);
  const missing = missingFrom(theirFlags);
  if (missing.length > 0) {
    const refusal = { code: "missing_flags", peer, missing } as const;
    return refused(refusal, encodeStatus("not_allowed"));
  }
  const flags = me.flags & theirFlags;
  const met: Peer = { name: peer, creation, flags, replaces: false };
  const status = reception.admit(peer);
  switch (status) {
    case "ok":
    case "ok_simultaneous":
      return challenge(me, reception, met, encodeStatus(status));
    case "alive":
      return waiting(
        "status",
        (next) => onCertainty(me, reception, met, next),
        encodeStatus(status),
      );
    case "nok":
    case "not_allowed":
      return refused({ code: status, peer, by: "us" }, encodeStatus(status));
    case "already_pending":
      return refused({ code: "still_connected", peer });
  }
}

function onCertainty(
  me: Identity,
  reception: Reception,
  met: Peer,
  message: Uint8Array,
): Transition {
  const said = decodeStatus(message);
  if (said === "garbled") return unreadable(said, "status");
  const { status } = said;
  if (status === "true") {
    return challenge(me, reception, { ...met, replaces: true });
  }
  const peer = met.name;
  return status === "false"
    ? refused({ code: "still_connected", peer })
    : refused({ code: "unknown_status", peer, status });
}

function challenge(
  me: Identity,
  reception: Reception,
  met: Peer,
  ...before: Uint8Array[]
): Transition {
  return waiting(
    "reply",
    (next) => onReply(me, reception, met, next),
    ...before,
    encodeChallenge({ ...me, challenge: reception.challenge }),
  );
}

function onReply(
  me: Identity,
  reception: Reception,
  met: Peer,
  message: Uint8Array,
): Transition {
  const said = decodeReply(message);
  if (said === "garbled") return unreadable(said, "reply");
  const cookie = me.cookieFor(met.name);
  // Nothing that the cookie proves is said to a node that has not proved it.
  return cookie.isAnsweredBy(reception.challenge, said.digest)
    ? done(met, encodeAck(cookie.digest(said.challenge)))
    : refused({ code: "bad_cookie", peer: met.name, awaited: "reply" });
}
