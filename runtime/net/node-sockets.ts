import { connect, createServer, type Socket as NodeSocket } from "node:net";
import type { Network, Place, Receiver, Transport } from "./network.ts";
import type { SocketReason } from "./result.ts";

/**
 * How long a closed socket may go on without getting rid of a byte of what was
 * written before; Erlang's `gen_tcp:close/1` waits as long.
 */
const LINGER_MS = 5_000;

/** The network of the machine, through Node's `net`. */
export const nodeNetwork: Network = {
  listen([host, port], backlog, reception) {
    let stopped = false;
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    // Later errors are about single connections, which then do not come.
    server.on("error", (error) => {
      if (!server.listening) reception.refused(reasonOf(error));
    });
    server.on("connection", (socket) => {
      const { remoteAddress = "", remotePort = 0 } = socket;
      reception.connection(
        new NodeTransport(socket, [remoteAddress, remotePort]),
      );
    });
    server.on("listening", () => {
      const address = server.address();
      if (stopped || address === null || typeof address === "string") {
        server.close();
      } else reception.listening(address.port);
    });
    server.listen({ host: addressOf(host), port, backlog });
    return () => {
      stopped = true;
      server.close();
    };
  },
  connect([name, port], dialling) {
    const host = addressOf(name);
    const family = host.includes(":") ? 6 : 4;
    const socket = connect({ host, port, family, allowHalfOpen: true });
    const refused = (error: Error) => dialling.refused(reasonOf(error));
    socket.pause();
    socket.once("error", refused);
    socket.once("connect", () => {
      socket.off("error", refused);
      const { remoteAddress = host, remotePort = port } = socket;
      dialling.connected(
        new NodeTransport(socket, [remoteAddress, remotePort]),
      );
    });
    return () => void socket.destroy();
  },
};

/** IPv4 is what "localhost" means to Erlang's `gen_tcp` unless told otherwise. */
function addressOf(host: string): string {
  return host === "localhost" ? "127.0.0.1" : host;
}

/** Node's error codes in the words of Erlang's `inet`. */
function reasonOf(error: Error): SocketReason {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOTFOUND" || code.startsWith("EAI_")) return "nxdomain";
  // A name that is no name does not get as far as the operating system.
  return /^E[A-Z0-9]+$/.test(code) ? code.toLowerCase() : "einval";
}

/** One end of a connection, as Node has it. */
class NodeTransport implements Transport {
  readonly peer: Place;
  readonly #socket: NodeSocket;
  #receiver: Receiver | undefined;
  #closed = false;
  /** What went wrong, while nobody has been there to be told. */
  #failed: SocketReason | undefined;

  constructor(socket: NodeSocket, peer: Place) {
    this.#socket = socket;
    this.peer = peer;
    socket.pause();
    socket.on("data", (chunk: Buffer) => {
      const { buffer, byteOffset, length } = chunk;
      this.#receiver?.data(new Uint8Array(buffer, byteOffset, length));
    });
    socket.on("drain", () => this.#receiver?.drained());
    socket.on("end", () => this.#receiver?.ended("closed"));
    socket.on("error", (error) => this.#fail(reasonOf(error)));
    socket.on("close", () => this.#fail("closed"));
  }

  get receiver(): Receiver | undefined {
    return this.#receiver;
  }

  set receiver(receiver: Receiver | undefined) {
    this.#receiver = receiver;
    if (this.#failed !== undefined) this.#fail(this.#failed);
  }

  get full(): boolean {
    return this.#socket.writableNeedDrain;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#socket.write(bytes);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#receiver = undefined;
    this.#socket.setTimeout(LINGER_MS, () => this.#socket.destroy());
    this.#socket.destroySoon();
  }

  #fail(reason: SocketReason): void {
    // A connection that was reset is a closed one, as in Erlang without
    // `show_econnreset`.
    const lost = reason === "econnreset" || reason === "epipe";
    this.#failed ??= lost ? "closed" : reason;
    this.#receiver?.broken();
    this.#receiver?.ended(this.#failed);
  }
}
