/** "#runtime/net" in a page: the same calls, and all of the network in memory. */

export type { Caller } from "../core/self.ts";
export type { ActiveMode } from "./active.ts";
export {
  close,
  controllingProcess,
  peername,
  setopts,
} from "./control.ts";
export type { PacketType } from "./framing.ts";
export { accept, connect, listen } from "./gen-tcp.ts";
export type { ListenOptions, SocketOptions } from "./options.ts";
export {
  type Failure,
  ok,
  type Result,
  SocketError,
  type SocketReason,
} from "./result.ts";
export { recv, send } from "./send-recv.ts";
export type { ListenSocket, Socket, TcpMessage } from "./socket.ts";
