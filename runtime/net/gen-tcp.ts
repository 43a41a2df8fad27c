import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { ActiveMode } from "./active.ts";
import type { PacketType } from "./framing.ts";
import type { Failure, Result } from "./result.ts";
import type { ListenSocket, Socket } from "./socket.ts";

/** The process that makes the call: its own `self`. */
export interface Caller {
  readonly pid: Pid;
}

export interface SocketOptions {
  /** How messages are told apart on the wire. @defaultValue 0 */
  readonly packet?: PacketType;
  /** Whether data comes as messages. @defaultValue true */
  readonly active?: ActiveMode;
}

export interface ListenOptions extends SocketOptions {
  /** @defaultValue "127.0.0.1" */
  readonly host?: string;
  /** How many connections may wait in the operating system. */
  readonly backlog?: number;
}

export declare function listen(
  self: Caller,
  port: number,
  options?: ListenOptions,
): Step<Result<ListenSocket>>;
export declare function accept(
  self: Caller,
  listening: ListenSocket,
  timeoutMs?: number,
): Step<Result<Socket>>;
export declare function connect(
  self: Caller,
  host: string,
  port: number,
  options?: SocketOptions,
  timeoutMs?: number,
): Step<Result<Socket>>;
export declare function send(
  self: Caller,
  socket: Socket,
  data: Uint8Array | string,
): Step<"ok" | Failure>;
export declare function recv(
  self: Caller,
  socket: Socket,
  length: number,
  timeoutMs?: number,
): Step<Result<Uint8Array>>;
export declare function close(
  self: Caller,
  socket: Socket | ListenSocket,
): void;
export declare function controllingProcess(
  self: Caller,
  socket: Socket | ListenSocket,
  pid: Pid,
): "ok" | Failure;
export declare function setopts(
  self: Caller,
  socket: Socket,
  options: SocketOptions,
): "ok" | Failure;
export declare function peername(
  socket: Socket,
): Result<readonly [address: string, port: number]>;
