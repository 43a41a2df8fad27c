/** Why a call on a socket did not succeed: Erlang's atoms, as strings. */
export type SocketReason =
  /** The socket is closed, by this side or by the other. */
  | "closed"
  /** Nothing came in time. */
  | "timeout"
  /** The call does not fit the socket's state or the option's values. */
  | "einval"
  /** Another process waits in `recv` on this socket already. */
  | "ealready"
  /** The message is larger than its packet header can say, or than allowed. */
  | "emsgsize"
  /** Only the owner may give a socket away. */
  | "not_owner"
  /** There is no such process (any more). */
  | "badarg"
  | "eaddrinuse"
  | "eaddrnotavail"
  | "eacces"
  | "econnrefused"
  | "econnreset"
  | "econnaborted"
  | "ehostunreach"
  | "enetunreach"
  | "etimedout"
  | "emfile"
  | "enotconn"
  /** There is no host of that name. */
  | "nxdomain"
  /** Any other word of the operating system. */
  | (string & {});

export type Failure = readonly ["error", SocketReason];

/** What most calls give: Erlang's `{ok, Value} | {error, Reason}`. */
export type Result<T> = readonly ["ok", T] | Failure;

/** Where a failed call was made, for the sentence of a {@link SocketError}. */
export interface Attempt {
  readonly call: string;
  readonly host?: string;
  readonly port?: number;
}

/** What was tried, by the failure it ended in; `ok` tells it. */
const attempts = new WeakMap<Failure, Attempt>();

/** A failure that remembers what was tried. It prints as the plain pair. */
export function failure(reason: SocketReason, attempt?: Attempt): Failure {
  const failed: Failure = ["error", reason];
  if (attempt) attempts.set(failed, attempt);
  return failed;
}

/** A call on a socket that was expected to succeed and did not. */
export class SocketError extends Error {
  override readonly name = "SocketError";
  /** The reason, such as `"eaddrinuse"`. */
  readonly code: SocketReason;

  constructor(code: SocketReason, attempt?: Attempt) {
    super(sentence(code, attempt));
    this.code = code;
  }
}

/**
 * The value of a result that is expected to be good. Erlang writes it as a
 * match: `{ok, Socket} = gen_tcp:listen(…)`.
 *
 * @throws SocketError with the reason as its `code`.
 */
export function ok<T>(result: Result<T>): T {
  if (result[0] === "ok") return result[1];
  const failed = result as Failure;
  throw new SocketError(failed[1], attempts.get(failed));
}

function sentence(reason: SocketReason, attempt: Attempt | undefined): string {
  const { call = "The call", host = "", port } = attempt ?? {};
  const place = port === undefined ? "the other side" : `port ${port}`;
  const at = host === "" ? place : `${place} on ${host}`;
  switch (reason) {
    case "eaddrinuse":
      return `${capital(at)} is taken. Stop the other program, or choose another port.`;
    case "eacces":
      return port !== undefined && port > 1023
        ? `The system keeps ${at} to itself. Choose another port.`
        : `This user may not listen on ${at}. Choose a port above 1023.`;
    case "eaddrnotavail":
      return `${host || "That address"} is no address of this machine. Listen on 127.0.0.1 or 0.0.0.0.`;
    case "econnrefused":
      return `Nobody listens on ${at}. Start the server first, or correct the port.`;
    case "nxdomain":
      return `There is no host named ${host || "that"}. Correct the name, or use its address.`;
    case "ehostunreach":
    case "enetunreach":
      return `There is no way to ${at} from here. Check the address and the network.`;
    case "timeout":
    case "etimedout":
      return `${call} got no answer from ${at} in time. Allow more time, or see what the other side is doing.`;
    case "closed":
      return `${call}: the socket is closed. Open a new connection, or handle ["error", "closed"].`;
    case "emsgsize":
      return `${call}: the message is larger than the packet header can say. Send less, or use a wider header.`;
    case "einval":
      return `${call}: the socket is not in a state for this, or an option has a wrong value. recv needs { active: false }.`;
    case "ealready":
      return `${call}: another process waits for data on this socket already. Let one process read.`;
    case "not_owner":
      return `${call}: only the owner may give a socket away. Call it from the process that accepted or connected.`;
    case "emfile":
      return `${call}: this program has too many sockets open. Close those that are done with.`;
    default:
      return `${call} failed: ${reason}.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
