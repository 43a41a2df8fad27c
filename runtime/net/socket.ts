import { inspected } from "../core/inspected.ts";
import type { accepts } from "../core/pid.ts";
import type { aliasAccepts } from "../core/ref.ts";
import type { SocketReason } from "./result.ts";

declare const kind: unique symbol;

/**
 * One end of a connection. Made by `accept` and `connect`, owned by a process,
 * compared with `===`, printed as Erlang prints it: `#Port<0.5>`.
 */
export interface Socket {
  /** For the compiler only; no such property exists when the program runs. */
  readonly [kind]?: "socket";
  /** Nor is it an address: `yield* send(self, socket, data)` sends to it. */
  readonly [accepts]?: "write yield* send(self, socket, data)";
  readonly [aliasAccepts]?: "write yield* send(self, socket, data)";
  toString(): string;
}

/** A socket that waits for connections. Made by `listen`. */
export interface ListenSocket {
  readonly [kind]?: "listen socket";
  readonly [accepts]?: "a listening socket takes nothing";
  readonly [aliasAccepts]?: "a listening socket takes nothing";
  /** The address it listens on. */
  readonly host: string;
  /** The port it listens on; the one chosen, if 0 was asked for. */
  readonly port: number;
  toString(): string;
}

/** What an active socket sends to its owner. */
export type TcpMessage =
  | readonly [tag: "tcp", socket: Socket, data: Uint8Array]
  | readonly [tag: "tcp_closed", socket: Socket]
  | readonly [tag: "tcp_error", socket: Socket, reason: SocketReason]
  | readonly [tag: "tcp_passive", socket: Socket];

/** A name for a socket: the node's number and a count. */
export class Port {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  toString(): string {
    return `#Port<${this.id}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}
