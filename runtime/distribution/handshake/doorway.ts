import { createServer, type Server, type Socket } from "node:net";
import { accepting } from "./accepting.ts";
import type { Admission } from "./admission.ts";
import { randomChallenge } from "./challenge.ts";
import type { HandshakeError } from "./refusal.ts";
import { type Connected, SETUP_TIME_MS, shakeHands } from "./shake-hands.ts";
import type { Identity } from "./transition.ts";

export interface DoorwayOptions {
  /** Who this node is; asked anew for each guest: EPMD's creation comes later. */
  readonly identity: () => Identity;
  /** What to tell a node of this name. */
  readonly admit: (peer: string) => Admission;
  /** A node has come in. Called before anything more is read from it. */
  readonly onConnected: (connected: Connected) => void;
  /** Somebody did not come in; for the log. */
  readonly onRefused?: (error: HandshakeError) => void;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default any free port. */
  readonly port?: number;
  readonly timeoutMs?: number;
  /** So many strangers at once; the one that has taken longest makes room. */
  readonly mostStrangers?: number;
}

/** Where other nodes connect to this one. */
export class Doorway {
  readonly port: number;
  readonly #server: Server;
  readonly #strangers: ReadonlySet<Socket>;

  private constructor(port: number, server: Server, strangers: Set<Socket>) {
    this.port = port;
    this.#server = server;
    this.#strangers = strangers;
  }

  /** @throws the system's error if it may not listen there. */
  static open(options: DoorwayOptions): Promise<Doorway> {
    const { host = "127.0.0.1", port = 0, onRefused = () => {} } = options;
    const { timeoutMs = SETUP_TIME_MS, mostStrangers = 64 } = options;
    const strangers = new Set<Socket>();
    const server = createServer((socket) => {
      strangers.add(socket);
      const first = accepting(options.identity(), {
        challenge: randomChallenge(),
        admit: options.admit,
      });
      shakeHands(socket, first, timeoutMs).then(
        (connected) => {
          strangers.delete(socket);
          options.onConnected(connected);
        },
        (error: HandshakeError) => {
          onRefused(error);
          socket.once("close", () => strangers.delete(socket));
          if (socket.closed) strangers.delete(socket);
        },
      );
      const [longest] = strangers;
      if (strangers.size > mostStrangers) longest?.destroy();
    });
    return new Promise((resolve, reject) => {
      server.on("error", (error) => {
        // Once it listens, errors are about single connections.
        if (!server.listening) reject(error);
      });
      server.listen({ host, port }, () => {
        const address = server.address();
        const taken = typeof address === "object" ? address?.port : undefined;
        resolve(new Doorway(taken ?? port, server, strangers));
      });
    });
  }

  /** Lets nobody in any more. Who is in stays. */
  close(): void {
    this.#server.close();
    for (const stranger of this.#strangers) stranger.destroy();
  }
}
