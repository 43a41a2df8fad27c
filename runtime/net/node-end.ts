import type { Socket } from "node:net";
import type { Place, Receiver, Transport } from "./network.ts";
import type { SocketReason } from "./result.ts";

/**
 * How long a closed socket may keep what was written before without getting
 * rid of a byte; Erlang's `gen_tcp:close/1` has the same patience. Node looks
 * only as often, so it may be twice as long.
 */
const LINGER_MS = 5_000;

/** Node's error codes in the words of Erlang's `inet`. */
export function reasonOf(error: Error): SocketReason {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOTFOUND" || code.startsWith("EAI_")) return "nxdomain";
  // A name that is no name does not get as far as the operating system.
  return /^E[A-Z0-9]+$/.test(code) ? code.toLowerCase() : "einval";
}

/** Those that hold back what is written until the turn ends. */
const corked: Socket[] = [];

function uncork(): void {
  for (const socket of corked.splice(0)) socket.uncork();
}

/** One end of a connection, as Node has it. */
export class NodeEnd implements Transport {
  readonly peer: Place;
  readonly #socket: Socket;
  #receiver: Receiver | undefined;
  #closed = false;
  /** Why no more bytes will come; a receiver that is set later is told. */
  #ended: SocketReason | undefined;
  #broken = false;

  constructor(socket: Socket, peer: Place) {
    this.#socket = socket;
    this.peer = peer;
    socket.pause();
    socket.on("data", (chunk: Buffer) => {
      const { buffer, byteOffset, length } = chunk;
      this.#receiver?.data(new Uint8Array(buffer, byteOffset, length));
    });
    socket.on("drain", () => this.#receiver?.drained());
    socket.on("end", () => this.#end("closed"));
    socket.on("error", (error) => this.#fail(reasonOf(error)));
    socket.on("close", () => this.#fail("closed"));
  }

  get receiver(): Receiver | undefined {
    return this.#receiver;
  }

  set receiver(receiver: Receiver | undefined) {
    this.#receiver = receiver;
    if (this.#broken) receiver?.broken();
    if (this.#ended !== undefined) receiver?.ended(this.#ended);
  }

  get full(): boolean {
    return this.#socket.writableNeedDrain;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const socket = this.#socket;
    socket.write(bytes);
    // The first goes out at once. What follows until all processes have had
    // their turn goes out in one call of the system, which costs more than all
    // the rest of a `send`.
    if (socket.writableCorked > 0) return;
    socket.cork();
    if (corked.push(socket) === 1) process.nextTick(uncork);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Two rounds of the event loop: the one under way may be past its reads. */
  settled(then: () => void): void {
    setImmediate(() => setImmediate(then));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#receiver = undefined;
    this.#socket.setTimeout(LINGER_MS, () => this.#socket.destroy());
    this.#socket.destroySoon();
  }

  #fail(reason: SocketReason): void {
    this.#broken = true;
    this.#receiver?.broken();
    // A connection that was reset is a closed one, as in Erlang without
    // `show_econnreset`.
    const lost = reason === "econnreset" || reason === "epipe";
    this.#end(lost ? "closed" : reason);
  }

  #end(reason: SocketReason): void {
    this.#ended ??= reason;
    this.#receiver?.ended(this.#ended);
  }
}
