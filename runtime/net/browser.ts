/** "#runtime/net" in a page: the same calls, and all of the network in memory. */
export type { ActiveMode } from "./active.ts";
export type { Caller } from "./call.ts";
export type { PacketType } from "./framing.ts";
export {
  accept,
  close,
  connect,
  controllingProcess,
  type ListenOptions,
  listen,
  peername,
  recv,
  type SocketOptions,
  send,
  setopts,
} from "./gen-tcp.ts";
export {
  type Failure,
  ok,
  type Result,
  SocketError,
  type SocketReason,
} from "./result.ts";
export type { ListenSocket, Socket, TcpMessage } from "./socket.ts";
