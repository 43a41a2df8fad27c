import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import { type ActiveMode, afterOneMessage, type Change } from "./active.ts";
import { Incoming, type PacketType } from "./framing.ts";
import type { Receiver, Transport } from "./network.ts";
import { Ownership } from "./ownership.ts";
import { Reply } from "./reply.ts";
import {
  type Failure,
  failure,
  type Result,
  type SocketReason,
} from "./result.ts";
import { Port, type Socket } from "./socket.ts";

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
  readonly #transport: Transport;
  readonly #incoming = new Incoming();
  #reader: Reader | undefined;
  readonly #writers = new Set<Reply<void>>();
  #flowing = false;
  /** Why no more bytes will come. */
  #ended: SocketReason | undefined;
  #broken = false;
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
    this.ownership = new Ownership(owner, () => this.close());
    transport.receiver = this;
    this.#pump();
  }

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

  /** Writes a whole frame; waits while the other side takes no more. */
  *send(process: LocalProcess, framed: Uint8Array): Step<"ok" | Failure> {
    yield* this.#room(process);
    if (this.#closed || this.#broken)
      return failure("closed", { call: "send" });
    this.#transport.write(framed);
    yield* this.#room(process);
    if (this.#closed || this.#broken)
      return failure("closed", { call: "send" });
    return "ok";
  }

  *#room(process: LocalProcess): Step<void> {
    while (!this.#closed && !this.#broken && this.#transport.full) {
      const reply = new Reply<void>(process);
      this.#writers.add(reply);
      yield* reply.wait(
        Number.POSITIVE_INFINITY,
        () => {},
        () => this.#writers.delete(reply),
      );
    }
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
    this.#releaseWriters();
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
    this.#releaseWriters();
  }

  broken(): void {
    this.#broken = true;
    this.#releaseWriters();
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
    this.#broken = true;
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

  #releaseWriters(): void {
    const waiting = [...this.#writers];
    this.#writers.clear();
    for (const reply of waiting) reply.give();
  }
}
