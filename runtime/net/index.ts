/** TCP for processes: what chapters and exercises import as "#runtime/net". */
export type { ActiveMode } from "./active.ts";
export type { PacketType } from "./framing.ts";
export {
  accept,
  type Caller,
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
