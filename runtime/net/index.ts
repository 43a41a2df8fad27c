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
