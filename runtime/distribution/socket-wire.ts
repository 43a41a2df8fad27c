import type { Socket } from "node:net";
import { busyWait } from "./busy-wait.ts";
import type { Listener, Wire } from "./wire.ts";

/** A TCP connection of the machine as a wire. */
export class SocketWire implements Wire {
  listener: Listener | undefined = undefined;
  readonly #socket: Socket;
  /** Written in this turn; small packets go out together. */
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #isTrusted = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    // A message is a packet; waiting for more of them only makes it late.
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.arrived(chunk));
    socket.on("drain", () => this.listener?.drained());
    socket.on("end", () => socket.destroy());
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // A program that ends in haste resets; it has gone like any other.
      const hasGone = error.code === "ECONNRESET" || error.code === "EPIPE";
      this.#over(hasGone ? "connection_closed" : error.message);
    });
    socket.on("close", () => this.#over("connection_closed"));
  }

  get pendingBytes(): number {
    return this.#gatheredBytes + this.#socket.writableLength;
  }

  /** For who reads the socket without its stream; see `dial`. */
  arrived(chunk: Uint8Array): void {
    this.listener?.data(chunk);
    if (this.#isTrusted) busyWait.begin();
  }

  write(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#socket.destroyed) return;
    if (this.#gathered.length === 0) process.nextTick(() => this.#flush());
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  trust(): void {
    this.#isTrusted = true;
  }

  close(): void {
    this.listener = undefined;
    this.#socket.destroy();
  }

  #flush(): void {
    const gathered = this.#gathered;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    if (this.#socket.destroyed) return;
    const [first] = gathered;
    const bytes = gathered.length === 1 ? first : Buffer.concat(gathered);
    // What goes out at once leaves nothing to be told of later.
    if (bytes && this.#socket.write(bytes)) this.listener?.drained();
  }

  #over(reason: string): void {
    const { listener } = this;
    this.listener = undefined;
    listener?.closed(reason);
  }
}
