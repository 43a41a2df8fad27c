import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Change } from "./active.ts";
import { Delivery } from "./delivery.ts";
import type { PacketType } from "./framing.ts";
import type { Inherited } from "./listening.ts";
import type { Receiver, Transport } from "./network.ts";
import { Ownership } from "./ownership.ts";
import { failure, type Result, type SocketReason } from "./result.ts";
import { Port, type Socket } from "./socket.ts";
import { Writing } from "./writing.ts";

/**
 * A socket at work, between a network and an owner.
 *
 * Read `#pump` first. It lets the network go on only while somebody wants what
 * comes: all back-pressure is there.
 */
export class Connection extends Port implements Receiver {
  readonly ownership: Ownership;
  readonly delivery: Delivery;
  readonly writing: Writing;
  readonly #transport: Transport;
  #flowing = false;
  /** Why no more bytes will come. */
  #ended: SocketReason | undefined;
  #closed = false;

  constructor(
    id: string,
    transport: Transport,
    owner: LocalProcess,
    { packet, active }: Inherited,
  ) {
    super(id);
    this.#transport = transport;
    this.ownership = new Ownership(owner, () => this.close());
    this.writing = new Writing(transport);
    this.delivery = new Delivery(packet, (what) => {
      if (what === "tcp_passive") this.#tell(what);
      else this.#tell("tcp", what);
    });
    transport.receiver = this;
    this.become(active, packet);
  }

  // `format` prints by a toString of the class's own, not an inherited one.
  override toString(): string {
    return super.toString();
  }

  get closed(): boolean {
    return this.#closed;
  }

  get peer(): Result<readonly [address: string, port: number]> {
    if (this.#closed) return failure("einval");
    if (this.#ended) return failure("enotconn");
    return ["ok", this.#transport.peer];
  }

  *recv(
    process: LocalProcess,
    length: number,
    timeoutMs: number,
  ): Step<Result<Uint8Array>> {
    if (this.#closed) return failure("closed", { call: "recv" });
    return yield* this.delivery.recv(
      process,
      length,
      timeoutMs,
      () => this.#pump(),
      this.#transport,
    );
  }

  /** Changes who moves the data, and what is a message. */
  become(change: Change, packet: PacketType): void {
    this.delivery.packet = packet;
    this.delivery.become(change);
    this.#pump();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.ownership.end();
    this.#transport.close();
    this.delivery.clear();
    this.delivery.answer(failure("closed", { call: "recv" }));
    this.writing.stop();
  }

  data(bytes: Uint8Array): void {
    this.delivery.push(bytes);
    this.#pump();
  }

  ended(reason: SocketReason): void {
    this.#ended ??= reason;
    this.#pump();
  }

  drained(): void {
    this.writing.release();
  }

  broken(): void {
    this.writing.stop();
  }

  /** Hands on what there is, then says whether more is wanted. */
  #pump(): void {
    if (this.#closed) return;
    const state = this.delivery.handOn();
    if (state === "emsgsize") this.#ended = state;
    if (state !== "idle" && this.#ended !== undefined) {
      return this.#end(this.#ended);
    }
    const flow = state === "more";
    if (flow === this.#flowing) return;
    this.#flowing = flow;
    if (flow) this.#transport.resume();
    else this.#transport.pause();
  }

  /** All has been handed on, and no more will come: whoever waits is told. */
  #end(reason: SocketReason): void {
    this.writing.stop();
    this.#transport.close();
    this.delivery.clear();
    if (this.delivery.hasReader) {
      // A second recv is told `closed`, whatever the first one was told.
      this.#ended = "closed";
      this.delivery.answer(failure(reason, { call: "recv" }));
      return this.#pump();
    }
    if (reason !== "closed") this.#tell("tcp_error", reason);
    this.#tell("tcp_closed");
    this.close();
  }

  #tell(tag: string, ...rest: unknown[]): void {
    this.ownership.tell([tag, this as Socket, ...rest]);
  }
}
