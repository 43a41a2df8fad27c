import { badarg } from "../core/errors.ts";
import type { Step } from "../core/message.ts";
import { LocalPid, type Pid } from "../core/pid.ts";
import { type ActiveMode, isActiveMode, setMode } from "./active.ts";
import { type Caller, call, processOf } from "./call.ts";
import { Connection } from "./connection.ts";
import { frame, isPacketType, type PacketType } from "./framing.ts";
import { Listening } from "./listening.ts";
import { openConnection, openListening } from "./open.ts";
import { type Failure, failure, type Result } from "./result.ts";
import type { ListenSocket, Socket } from "./socket.ts";

/** Options of a connection. Erlang's are of the same names. */
export interface SocketOptions {
  /**
   * How messages are told apart on the wire: 1, 2 or 4 bytes of length before
   * each, `"line"` for lines that end in "\n", 0 for bytes as they come.
   * @defaultValue 0
   */
  readonly packet?: PacketType;
  /** Whether data comes as messages. @defaultValue true */
  readonly active?: ActiveMode;
}

/** Options of a listening socket; its connections start with the same. */
export interface ListenOptions extends SocketOptions {
  /** The address to listen on. @defaultValue "127.0.0.1" */
  readonly host?: string;
  /**
   * How many connections the operating system keeps until the program takes
   * them. In memory there is no such queue. @defaultValue 128
   */
  readonly backlog?: number;
}

const encoder = new TextEncoder();

/**
 * Opens a port for others to connect to; port 0 is any free one. The socket
 * belongs to the calling process and closes when it ends. `gen_tcp:listen/2`
 * (kernel, gen_tcp), with UTF-8 strings and Uint8Array where Erlang has modes.
 *
 * @returns `eaddrinuse` if the port is taken, `eacces` if it may not be used.
 * @throws RuntimeError `badarg` for a port or an option that cannot be.
 */
export function listen(
  self: Caller,
  port: number,
  options: ListenOptions = {},
): Step<Result<ListenSocket>> {
  return call(self, "listen", (process) => {
    const { host = "127.0.0.1", backlog = 128 } = options;
    checkPlace("listen", host, port, 0);
    if (!Number.isInteger(backlog) || backlog < 0) {
      throw badarg(
        `listen: a backlog of ${String(backlog)} is no whole number.`,
      );
    }
    const inherited = checkedOptions("listen", options);
    return openListening(process, [host, port], backlog, inherited);
  });
}

/**
 * Waits for a connection and takes it: the calling process is its owner.
 * Several processes may wait; the first one is served first.
 * `gen_tcp:accept/1,2`.
 *
 * @param timeoutMs - In milliseconds; without it, for ever.
 * @returns `closed` if the listening socket is, `timeout` if nobody came.
 */
export function accept(
  self: Caller,
  listening: ListenSocket,
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<Result<Socket>> {
  return call(self, "accept", function* (process) {
    if (listening instanceof Listening) {
      return yield* listening.accept(process, timeoutMs);
    }
    connectionOf(listening, "accept");
    return failure("einval", { call: "accept" });
  });
}

/**
 * Connects to a port. The calling process owns the socket.
 * `gen_tcp:connect/3,4`.
 *
 * @param timeoutMs - In milliseconds; without it, as long as the system takes.
 * @returns `econnrefused` if nobody listens there, `nxdomain` if no host has
 * that name, `timeout`.
 * @throws RuntimeError `badarg` for a port or an option that cannot be.
 */
export function connect(
  self: Caller,
  host: string,
  port: number,
  options: SocketOptions = {},
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<Result<Socket>> {
  return call(self, "connect", (process) => {
    checkPlace("connect", host, port, 1);
    const checked = checkedOptions("connect", options);
    return openConnection(process, [host, port], checked, timeoutMs);
  });
}

/**
 * Sends one message; a string goes out as UTF-8. Any process may. It waits
 * while the other side does not read. `gen_tcp:send/2`.
 *
 * @returns `emsgsize`, with nothing sent, if the message is longer than the
 * packet header can say. (Erlang writes a header that is cut off.)
 */
export function send(
  self: Caller,
  socket: Socket,
  data: Uint8Array | string,
): Step<"ok" | Failure> {
  return call(self, "send", function* (process) {
    const bytes = typeof data === "string" ? encoder.encode(data) : data;
    if (!(bytes instanceof Uint8Array)) {
      throw badarg(
        `send: ${String(data)} is neither a Uint8Array nor a string.`,
      );
    }
    if (socket instanceof Listening)
      return failure("enotconn", { call: "send" });
    const connection = connectionOf(socket, "send");
    if (connection.closed) return failure("closed", { call: "send" });
    const framed = frame(connection.packet, bytes);
    if (framed === undefined) return failure("emsgsize", { call: "send" });
    return yield* connection.send(process, framed);
  });
}

/**
 * Takes the next message from a passive socket. `gen_tcp:recv/2,3`.
 *
 * @param length - With packet 0, exactly so many bytes; 0 is what is there.
 * With any other packet type it must be 0.
 * @param timeoutMs - In milliseconds. What has come until then is kept.
 * @returns `closed` at the end, `timeout`, `einval` on an active socket,
 * `ealready` if another process waits on it.
 */
export function recv(
  self: Caller,
  socket: Socket,
  length: number,
  timeoutMs = Number.POSITIVE_INFINITY,
): Step<Result<Uint8Array>> {
  return call(self, "recv", function* (process) {
    if (!Number.isInteger(length) || length < 0) {
      throw badarg(`recv: a length of ${String(length)}; 0 or more is wanted.`);
    }
    if (socket instanceof Listening)
      return failure("enotconn", { call: "recv" });
    const connection = connectionOf(socket, "recv");
    return yield* connection.recv(process, length, timeoutMs);
  });
}

/**
 * Closes a socket; what was sent before still goes out. Closing twice is
 * harmless. The caller gets no `tcp_closed`. `gen_tcp:close/1`.
 */
export function close(self: Caller, socket: Socket | ListenSocket): void {
  processOf(self, "close");
  socketOf(socket, "close").close();
}

/**
 * Gives a socket to another process, with the messages of it that wait in the
 * mailbox. `gen_tcp:controlling_process/2`.
 *
 * @returns `not_owner` unless the caller owns it, `badarg` if `pid` has ended.
 */
export function controllingProcess(
  self: Caller,
  socket: Socket | ListenSocket,
  pid: Pid,
): "ok" | Failure {
  const caller = processOf(self, "controllingProcess");
  const local = socketOf(socket, "controllingProcess");
  const failed = { call: "controllingProcess" };
  if (local.closed) return failure("closed", failed);
  if (local.ownership.owner !== caller) return failure("not_owner", failed);
  const next = pid instanceof LocalPid ? pid.process : undefined;
  if (next === undefined) return failure("badarg", failed);
  local.ownership.moveTo(next, local);
  return "ok";
}

/**
 * Changes options of a connection. `inet:setopts/2`. A number for `active` is
 * added to the count that is left; at 0 `["tcp_passive", socket]` comes.
 *
 * @returns `einval` if the socket is closed or a value cannot be.
 */
export function setopts(
  self: Caller,
  socket: Socket,
  options: SocketOptions,
): "ok" | Failure {
  processOf(self, "setopts");
  const connection = connectionOf(socket, "setopts");
  const { packet = connection.packet, active } = options;
  const before = { mode: connection.mode, tellPassive: false };
  const change =
    active === undefined
      ? before
      : isActiveMode(active) && setMode(connection.mode, active);
  if (connection.closed || !change || !isPacketType(packet)) {
    return failure("einval", { call: "setopts" });
  }
  connection.become(change, packet);
  return "ok";
}

/** The address and port at the other end. `inet:peername/1`. */
export function peername(
  socket: Socket,
): Result<readonly [address: string, port: number]> {
  return connectionOf(socket, "peername").peer;
}

function checkPlace(
  name: string,
  host: string,
  port: number,
  lowest: number,
): void {
  if (typeof host !== "string" || host === "") {
    throw badarg(`${name}: ${String(host)} is no host. Write "127.0.0.1".`);
  }
  if (Number.isInteger(port) && port >= lowest && port <= 65_535) return;
  throw badarg(
    `${name}: ${String(port)} is no port. It is a number from ${lowest} to 65535.`,
  );
}

function checkedOptions(name: string, options: SocketOptions) {
  const { packet = 0, active = true } = options;
  if (!isPacketType(packet)) {
    throw badarg(
      `${name}: packet ${String(packet)}; 0, 1, 2, 4 or "line" is wanted.`,
    );
  }
  const change = isActiveMode(active) && setMode(false, active);
  if (!change) {
    throw badarg(
      `${name}: active ${String(active)}; true, false, "once" or a number is wanted.`,
    );
  }
  return { packet, active: change.mode };
}

function socketOf(socket: unknown, name: string): Connection | Listening {
  if (socket instanceof Listening) return socket;
  return connectionOf(socket, name);
}

function connectionOf(socket: unknown, name: string): Connection {
  if (socket instanceof Connection) return socket;
  throw badarg(
    `${name}: ${String(socket)} is no such socket. Take it out of the ` +
      '["ok", socket] that accept or connect gave, for example with ok(…).',
  );
}
