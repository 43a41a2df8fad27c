import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Change } from "./active.ts";
import { Connection } from "./connection.ts";
import type { PacketType } from "./framing.ts";
import type { Transport } from "./network.ts";
import { Ownership } from "./ownership.ts";
import { Reply } from "./reply.ts";
import { failure, type Result } from "./result.ts";
import { Port, type Socket } from "./socket.ts";

/** What every accepted connection starts with. */
export interface Inherited {
  readonly packet: PacketType;
  readonly active: Change;
}

/**
 * A listening socket at work: connections on one side, processes in `accept`
 * on the other. First come, first served, on both.
 */
export class Listening extends Port {
  readonly ownership: Ownership;
  readonly host: string;
  readonly port: number;
  readonly #options: Inherited;
  readonly #stop: () => void;
  readonly #nextId: () => string;
  /** Longest waiting first. */
  readonly #acceptors = new Set<Reply<Result<Socket>>>();
  readonly #pending: Transport[] = [];
  #closed = false;

  constructor(
    place: readonly [host: string, port: number],
    owner: LocalProcess,
    options: Inherited,
    nextId: () => string,
    stop: () => void,
  ) {
    super(nextId());
    [this.host, this.port] = place;
    this.#options = options;
    this.#nextId = nextId;
    this.#stop = stop;
    this.ownership = new Ownership(owner, () => this.close());
  }

  // `format` prints by a toString of the class's own, not an inherited one.
  override toString(): string {
    return super.toString();
  }

  get closed(): boolean {
    return this.#closed;
  }

  *accept(process: LocalProcess, timeoutMs: number): Step<Result<Socket>> {
    const attempt = { call: "accept", host: this.host, port: this.port };
    if (this.#closed) return failure("closed", attempt);
    const transport = this.#pending.shift();
    if (transport) return ["ok", this.#open(transport, process)];
    const reply = new Reply<Result<Socket>>(process);
    this.#acceptors.add(reply);
    return yield* reply.wait(
      timeoutMs,
      () => failure("timeout", attempt),
      () => void this.#acceptors.delete(reply),
    );
  }

  /** A connection has come in: for the first who waits, or for later. */
  connection(transport: Transport): void {
    if (this.#closed) return transport.close();
    for (const reply of this.#acceptors) {
      this.#acceptors.delete(reply);
      // One that has died just now is still in the list.
      if (reply.over) continue;
      return reply.give(["ok", this.#open(transport, reply.process)]);
    }
    this.#pending.push(transport);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.ownership.end();
    this.#stop();
    for (const transport of this.#pending.splice(0)) transport.close();
    for (const reply of this.#acceptors) {
      reply.give(failure("closed", { call: "accept" }));
    }
    this.#acceptors.clear();
  }

  /** From now on the process that accepts owns the connection. */
  #open(transport: Transport, owner: LocalProcess): Socket {
    return new Connection(this.#nextId(), transport, owner, this.#options);
  }
}
