import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import { type ActiveMode, afterOneMessage, type Change } from "./active.ts";
import { Incoming, type PacketType } from "./framing.ts";
import type { Receiver, Transport } from "./network.ts";
import { Ownership } from "./ownership.ts";
import { Reply } from "./reply.ts";
import { failure, type Result, type SocketReason } from "./result.ts";
import { Port, type Socket } from "./socket.ts";
import { Writing } from "./writing.ts";

/** A `recv` that waits. */
interface Reader {
  readonly length: number;
  readonly reply: Reply<Result<Uint8Array>>;
}

/**
 * A socket at work: bytes come in, messages go to the owner or to `recv`.
 *
 * Read `#pump` first. It hands on what there is to whoever wants it, and lets
 * the network go on only while somebody does: all back-pressure is there.
 */
export class Connection extends Port implements Receiver {
  readonly ownership: Ownership;
  packet: PacketType;
  #mode: ActiveMode;
  readonly writing: Writing;
  readonly #transport: Transport;
  readonly #incoming = new Incoming();
  #reader: Reader | undefined;
  #flowing = false;
  /** Why no more bytes will come. */
  #ended: SocketReason | undefined;
  #closed = false;

  constructor(
    id: string,
    transport: Transport,
    owner: LocalProcess,
    options: { readonly packet: PacketType; readonly active: ActiveMode },
  ) {
    super(id);
    this.packet = options.packet;
    this.#mode = options.active;
    this.#transport = transport;
    this.writing = new Writing(transport);
    this.ownership = new Ownership(owner, () => this.close());
    transport.receiver = this;
    this.#pump();
  }

  // `format` prints by a toString of the class's own, not an inherited one.
  override toString(): string {
    return super.toString();
  }

  get closed(): boolean {
    return this.#closed;
  }

  get mode(): ActiveMode {
    return this.#mode;
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
    const failed = (reason: SocketReason) => failure(reason, { call: "recv" });
    if (this.#closed) return failed("closed");
    if (this.#mode !== false) return failed("einval");
    if (length > 0 && this.packet !== 0) return failed("einval");
    if (this.#reader !== undefined) return failed("ealready");
    const reply = new Reply<Result<Uint8Array>>(process);
    const reader = { length, reply };
    this.#reader = reader;
    this.#pump();
    return yield* reply.wait(
      timeoutMs,
      () => failed("timeout"),
      () => {
        if (this.#reader !== reader) return;
        this.#reader = undefined;
        this.#pump();
      },
    );
  }

  /** Changes who moves the data, and what is a message. */
  become(change: Change, packet: PacketType): void {
    this.packet = packet;
    this.#adopt(change);
    this.#pump();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.ownership.end();
    this.#incoming.clear();
    this.#transport.close();
    this.#answerReader(failure("closed", { call: "recv" }));
    this.writing.stop();
  }

  data(bytes: Uint8Array): void {
    this.#incoming.push(bytes);
    this.#pump();
  }

  ended(reason: SocketReason): void {
    if (this.#closed) return;
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
    while (!this.#closed && this.#wanted) {
      const taken = this.#incoming.take(this.packet, this.#reader?.length);
      if (taken === "emsgsize") {
        this.#incoming.clear();
        this.#ended = taken;
      } else if (taken === "more") {
        if (this.#ended === undefined) break;
        this.#end(this.#ended);
      } else if (this.#reader) this.#answerReader(["ok", taken]);
      else {
        this.ownership.tell(["tcp", this as Socket, taken]);
        this.#adopt(afterOneMessage(this.#mode));
      }
    }
    const flow = this.#wanted && !this.#closed && this.#ended === undefined;
    if (flow === this.#flowing) return;
    this.#flowing = flow;
    if (flow) this.#transport.resume();
    else this.#transport.pause();
  }

  get #wanted(): boolean {
    return this.#reader !== undefined || this.#mode !== false;
  }

  /** All has been handed on, and no more will come. */
  #end(reason: SocketReason): void {
    this.writing.stop();
    this.#transport.close();
    if (this.#reader) {
      // A second recv is told `closed`, whatever the first one was told.
      this.#ended = "closed";
      this.#incoming.clear();
      this.#answerReader(failure(reason, { call: "recv" }));
      return;
    }
    if (reason !== "closed") {
      this.ownership.tell(["tcp_error", this as Socket, reason]);
    }
    this.ownership.tell(["tcp_closed", this as Socket]);
    this.close();
  }

  #adopt({ mode, tellPassive }: Change): void {
    this.#mode = mode;
    if (tellPassive) this.ownership.tell(["tcp_passive", this as Socket]);
  }

  #answerReader(result: Result<Uint8Array>): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.reply.give(result);
  }
}
