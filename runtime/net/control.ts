import { LocalPid, type Pid } from "../core/pid.ts";
import type { Caller } from "../core/self.ts";
import { processOf } from "../core/suspending.ts";
import { isActiveMode, setMode } from "./active.ts";
import { isPacketType } from "./framing.ts";
import { connectionOf, socketOf } from "./local-socket.ts";
import { OPTIONS, type SocketOptions } from "./options.ts";
import { type Failure, failure, type Result } from "./result.ts";
import type { ListenSocket, Socket } from "./socket.ts";

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
 * @returns `not_owner` unless the caller or `pid` owns it, `badarg` if `pid`
 * has ended.
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
  const next = pid instanceof LocalPid ? pid.process : undefined;
  const { owner } = local.ownership;
  // Whoever says so, as in Erlang.
  if (owner === next) return "ok";
  if (owner !== caller) return failure("not_owner", failed);
  if (next === undefined) return failure("badarg", failed);
  local.ownership.moveTo(next, local);
  return "ok";
}

/**
 * Changes options of a connection. `inet:setopts/2`. A number for `active` is
 * added to the count that is left; at 0 `["tcp_passive", socket]` comes.
 *
 * @returns `einval` if the socket is closed, an option is none or a value
 * cannot be.
 */
export function setopts(
  self: Caller,
  socket: Socket,
  options: SocketOptions,
): "ok" | Failure {
  processOf(self, "setopts");
  const connection = connectionOf(socket, "setopts");
  const failed = failure("einval", { call: "setopts" });
  if (typeof options !== "object" || options === null) return failed;
  const { packet = connection.delivery.packet, active } = options;
  const before = { mode: connection.delivery.mode, tellPassive: false };
  const change =
    active === undefined
      ? before
      : isActiveMode(active) && setMode(connection.delivery.mode, active);
  const isStrange = Object.keys(options).some((one) => !OPTIONS.includes(one));
  if (connection.closed || isStrange || !change || !isPacketType(packet)) {
    return failed;
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
