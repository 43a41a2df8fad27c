import type { Socket } from "node:net";
import type { Listener, Wire } from "./wire.ts";

/** A TCP connection of the machine as a wire. */
export class SocketWire implements Wire {
  listener: Listener | undefined = undefined;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    // A message is a packet; waiting for more of them only makes it late.
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.listener?.data(chunk));
    socket.on("drain", () => this.listener?.drained());
    socket.on("end", () => socket.destroy());
    socket.on("error", (error) => this.#over(error.message));
    socket.on("close", () => this.#over("connection_closed"));
  }

  get pendingBytes(): number {
    return this.#socket.writableLength;
  }

  write(bytes: Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.listener = undefined;
    this.#socket.destroy();
  }

  #over(reason: string): void {
    const { listener } = this;
    this.listener = undefined;
    listener?.closed(reason);
  }
}
