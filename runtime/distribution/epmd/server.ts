import { randomInt } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";
import { Directory } from "./directory.ts";
import { EpmdError } from "./epmd-error.ts";
import { attend } from "./visitor.ts";

export interface EpmdServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** How long a connection may take for its request and to read the answer. */
  readonly requestTimeoutMs?: number;
  /** So many connections may be at it at once; the oldest makes room. */
  readonly mostWaiting?: number;
  /** What the first node is told; default random, as in OTP. */
  readonly firstCreation?: number;
}

/**
 * EPMD, the Erlang Port Mapper Daemon, inside this program: what nodes ask for
 * the port behind a name. It stands in on machines without Erlang and speaks
 * to real nodes and to `epmd -names` as the real one does.
 *
 * It listens on 127.0.0.1 only. It lives no longer than this program, and the
 * names in it neither.
 */
export class EpmdServer {
  readonly port: number;
  readonly #server: Server;
  readonly #open: ReadonlySet<Socket>;

  private constructor(port: number, server: Server, open: Set<Socket>) {
    this.port = port;
    this.#server = server;
    this.#open = open;
  }

  /** @throws EpmdError `cannot_listen`, with what the system said as its cause. */
  static start(options: EpmdServerOptions): Promise<EpmdServer> {
    const { requestTimeoutMs = 10_000, mostWaiting = 128 } = options;
    const { firstCreation = randomInt(4, 0x7fffffff) } = options;
    const directory = new Directory<Socket>(firstCreation);
    const open = new Set<Socket>();
    const waiting = new Set<Socket>();
    let port = options.port;

    const server = createServer((socket) => {
      open.add(socket);
      waiting.add(socket);
      // By the clock and not by silence: one byte now and then buys no time.
      const timer = setTimeout(() => socket.destroy(), requestTimeoutMs);
      const stays = () => {
        clearTimeout(timer);
        waiting.delete(socket);
      };
      socket.on("close", () => {
        stays();
        open.delete(socket);
      });
      attend(socket, directory, port, stays);
      const [oldest] = waiting;
      if (waiting.size > mostWaiting) oldest?.destroy();
    });

    return new Promise((resolve, reject) => {
      server.on("error", (cause) => {
        // Once it listens, errors are about single connections.
        if (!server.listening) reject(cannotListen(port, cause));
      });
      server.listen({ host: "127.0.0.1", port: options.port }, () => {
        const address = server.address();
        if (address !== null && typeof address === "object") {
          port = address.port;
        }
        resolve(new EpmdServer(port, server, open));
      });
    });
  }

  /** Stops listening and closes every connection: all names are gone. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#open) socket.destroy();
    });
  }
}

function cannotListen(port: number, cause: Error): EpmdError {
  return new EpmdError(
    "cannot_listen",
    `EPMD cannot be started on port ${port} of 127.0.0.1. Stop what listens there, or choose another port with ERL_EPMD_PORT.`,
    { cause },
  );
}
