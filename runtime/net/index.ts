/**
 * TCP for processes: what chapters and exercises import as "#runtime/net".
 *
 * Sockets are the machine's; on a node under virtual time they are in memory.
 *
 * It behaves as Erlang's gen_tcp of OTP 25 does, but for this: `send` refuses
 * a message that its header cannot announce, where Erlang cuts the header off;
 * a line of more than 64 KiB comes in pieces, where Erlang cuts at its buffer
 * of 1,460 bytes; the name resolves to IPv4 unless the host is written with
 * colons; and connections that nobody accepts yet wait without a limit.
 */
import { useOuterNetwork } from "./network.ts";
import { nodeNetwork } from "./node-sockets.ts";

useOuterNetwork(nodeNetwork);

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
