/** What this node was waiting for when a handshake ended. */
export type Awaited = "name" | "status" | "challenge" | "reply" | "ack";

/** Why there is no connection. `peer` is the other node's name where it is known. */
export type Refusal =
  /** The other node's answer shows another cookie. */
  | {
      readonly code: "bad_cookie";
      readonly peer: string;
      readonly awaited: "reply" | "ack";
    }
  /** The other node's name is none. */
  | { readonly code: "bad_name"; readonly name: string }
  /** The other node asks for a name, as `erl -name undefined` does. */
  | { readonly code: "nameless" }
  /** Another node answers than the one that was called. */
  | {
      readonly code: "wrong_name";
      readonly peer: string;
      readonly answered: string;
    }
  /** The other node cannot do what it must. */
  | {
      readonly code: "missing_flags";
      readonly peer: string;
      readonly missing: readonly string[];
    }
  /** The other node said "not_allowed", or was told so. */
  | {
      readonly code: "not_allowed";
      readonly peer: string;
      readonly by: "us" | "them";
    }
  /** Another attempt between the two nodes goes before this one. */
  | { readonly code: "nok"; readonly peer: string; readonly by: "us" | "them" }
  /** There is a connection already, and this one is not to replace it. */
  | { readonly code: "still_connected"; readonly peer: string }
  /** A status that nobody knows. */
  | {
      readonly code: "unknown_status";
      readonly peer: string;
      readonly status: string;
    }
  /** The other node is older than OTP 23. */
  | { readonly code: "old_version" }
  /** What came is no message of the handshake. */
  | { readonly code: "garbled"; readonly awaited: Awaited }
  /** A message longer than any of the handshake. */
  | { readonly code: "too_long"; readonly bytes: number }
  /** Nobody listens there, or there is no way to it; the system's word. */
  | { readonly code: "unreachable"; readonly reason: string }
  /** The other node hung up. */
  | { readonly code: "closed"; readonly awaited: Awaited }
  /** It took too long. */
  | {
      readonly code: "timeout";
      readonly awaited: Awaited;
      readonly timeoutMs: number;
    };

/** What happened, to whom, and what to do next; Erlang's words where it logs any. */
export function sentence(refusal: Refusal): string {
  switch (refusal.code) {
    case "bad_cookie":
      return refusal.awaited === "reply"
        ? `Connection attempt from node '${refusal.peer}' rejected. Invalid challenge reply. Give both nodes the same cookie.`
        : `Connection attempt to node '${refusal.peer}' cancelled. Invalid challenge ack. Give both nodes the same cookie.`;
    case "bad_name":
      return `${quoted(refusal.name)} is no name of a node. It must be name@host.`;
    case "nameless":
      return "A node without a name asked for one. Names are not given here: start it with -name or -sname.";
    case "wrong_name":
      return `Node '${refusal.peer}' was called and ${quoted(refusal.answered)} answered. Call it by the name that it was started with.`;
    case "missing_flags":
      return `Connection with node '${refusal.peer}' refused since it cannot handle ${refusal.missing.join(", ")}. Use OTP 25 or later there.`;
    case "not_allowed":
      return refusal.by === "us"
        ? `Connection attempt from disallowed node '${refusal.peer}'. Allow it, if it is to be let in.`
        : `Node '${refusal.peer}' does not allow this node to connect. Allow it there, and see that both can do the same.`;
    case "nok":
      return refusal.by === "us"
        ? `Connection attempt from node '${refusal.peer}' refused: this node is connecting to it already, or has the same name.`
        : `Node '${refusal.peer}' is connecting to this node already, or has the same name. Wait for its connection.`;
    case "still_connected":
      return `There is a connection between this node and '${refusal.peer}' already. Use that one.`;
    case "unknown_status":
      return `Node '${refusal.peer}' answered with the status ${quoted(refusal.status)}, which is none. See what listens there.`;
    case "old_version":
      return "The other node speaks a handshake from before OTP 23. Use OTP 25 or later there.";
    case "garbled":
      return `What came where the ${refusal.awaited} was due is no message of Erlang's handshake. See what connected, or what listens there.`;
    case "too_long":
      return `A message of ${refusal.bytes} bytes was announced, longer than any of Erlang's handshake. See what connected, or what listens there.`;
    case "unreachable":
      return `No connection to the node came about: ${refusal.reason}. See that it runs, and ask EPMD for its port anew.`;
    case "closed":
      return refusal.awaited === "ack"
        ? "The other node hung up when it had seen the proof of this node's cookie. Give both nodes the same cookie."
        : `The other node hung up before its ${refusal.awaited}. Its log may say why.`;
    case "timeout":
      return `The handshake was not over within ${refusal.timeoutMs} ms: no ${refusal.awaited} came. See whether the other node hangs.`;
  }
}

/** What a stranger sent, so that it can be printed: short, on one line, in quotes. */
function quoted(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  // JSON leaves the control characters of Latin-1's upper half as they are.
  return JSON.stringify(short).replace(/[\x7f-\x9f]/g, "?");
}

/** A handshake that ended without a connection; `code` says why. */
export class HandshakeError extends Error {
  override readonly name = "HandshakeError";
  readonly code: Refusal["code"];
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(sentence(refusal));
    this.code = refusal.code;
    this.refusal = refusal;
  }
}
