import { badarg } from "../core/errors.ts";
import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Caller } from "../core/self.ts";
import { call } from "./call.ts";
import { Listening } from "./listening.ts";
import { connectionOf } from "./local-socket.ts";
import { openConnection, openListening } from "./open.ts";
import {
  checkedOptions,
  checkPlace,
  type ListenOptions,
  OPTIONS,
  type SocketOptions,
} from "./options.ts";
import { failure, type Result } from "./result.ts";
import type { ListenSocket, Socket } from "./socket.ts";

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
    const names = [...OPTIONS, "host", "backlog"];
    const inherited = checkedOptions("listen", options, names);
    const { host = "127.0.0.1", backlog = 511 } = options;
    checkPlace("listen", host, port, 0);
    if (!Number.isInteger(backlog) || backlog < 0) {
      throw badarg(
        `listen: a backlog of ${String(backlog)} is no whole number.`,
      );
    }
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
  return call(self, "accept", accepting, listening, timeoutMs);
}

function* accepting(
  process: LocalProcess,
  listening: ListenSocket,
  timeoutMs: number,
): Step<Result<Socket>> {
  if (listening instanceof Listening) {
    return yield* listening.accept(process, timeoutMs);
  }
  connectionOf(listening, "accept");
  return failure("einval", { call: "accept" });
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
    const checked = checkedOptions("connect", options, OPTIONS);
    return openConnection(process, [host, port], checked, timeoutMs);
  });
}
