/**
 * TCP for processes: what chapters and exercises import as "#runtime/net".
 *
 * Sockets are the machine's; on a node under virtual time they are in memory.
 */
import { useOuterNetwork } from "./network.ts";
import { nodeNetwork } from "./node-sockets.ts";

useOuterNetwork(nodeNetwork);

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
