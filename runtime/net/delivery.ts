import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import { type ActiveMode, afterOneMessage, type Change } from "./active.ts";
import { Incoming, LONGEST_PACKET, type PacketType } from "./framing.ts";
import type { Transport } from "./network.ts";
import { Reply } from "./reply.ts";
import { failure, type Result, type SocketReason } from "./result.ts";

/** A `recv` that waits. */
interface Reader {
  readonly length: number;
  readonly reply: Reply<Result<Uint8Array>>;
}

/** What a delivery sends to the owner of the socket. */
export type Told = "tcp_passive" | Uint8Array;

/**
 * The receiving half of a connection: bytes come in, and go to the owner as
 * messages or to the process that waits in `recv`.
 */
export class Delivery {
  packet: PacketType;
  #mode: ActiveMode = false;
  readonly #incoming = new Incoming();
  #reader: Reader | undefined;
  readonly #tell: (what: Told) => void;

  constructor(packet: PacketType, tell: (what: Told) => void) {
    this.packet = packet;
    this.#tell = tell;
  }

  get mode(): ActiveMode {
    return this.#mode;
  }

  get hasReader(): boolean {
    return this.#reader !== undefined;
  }

  push(bytes: Uint8Array): void {
    this.#incoming.push(bytes);
  }

  /**
   * Hands on all that somebody wants: `"idle"` if nobody wants anything now,
   * `"more"` if somebody wants what has not come yet.
   */
  handOn(): "idle" | "more" | "emsgsize" {
    while (this.#reader !== undefined || this.#mode !== false) {
      const taken = this.#incoming.take(this.packet, this.#reader?.length);
      if (typeof taken === "string") return taken;
      if (this.#reader) this.answer(["ok", taken]);
      else {
        this.#tell(taken);
        this.become(afterOneMessage(this.#mode));
      }
    }
    return "idle";
  }

  /** Changes who moves the data. */
  become({ mode, tellPassive }: Change): void {
    this.#mode = mode;
    if (tellPassive) this.#tell("tcp_passive");
  }

  /**
   * Waits for data; `changed` is called when somebody begins or gives up.
   *
   * @param transport - With a time limit of 0 it says when it has told what is
   * there, or the limit would be over before a real socket can be read.
   */
  *recv(
    process: LocalProcess,
    length: number,
    timeoutMs: number,
    changed: () => void,
    transport: Transport,
  ): Step<Result<Uint8Array>> {
    const failed = (reason: SocketReason) => failure(reason, { call: "recv" });
    if (this.#mode !== false) return failed("einval");
    if (length > 0 && this.packet !== 0) return failed("einval");
    if (length > LONGEST_PACKET) return failed("enomem");
    if (this.#reader !== undefined) return failed("ealready");
    const reply = new Reply<Result<Uint8Array>>(process);
    const reader = { length, reply };
    this.#reader = reader;
    changed();
    const late = () => failed("timeout");
    const giveUp = () => {
      if (this.#reader !== reader) return;
      this.#reader = undefined;
      changed();
    };
    if (timeoutMs !== 0 || transport.settled === undefined) {
      return yield* reply.wait(timeoutMs, late, giveUp);
    }
    transport.settled(() => {
      giveUp();
      reply.give(late());
    });
    return yield* reply.wait(Number.POSITIVE_INFINITY, late, giveUp);
  }

  /** Ends the `recv` that waits, if one does. */
  answer(result: Result<Uint8Array>): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.reply.give(result);
  }

  /** Forgets what has come and can be no message any more. */
  clear(): void {
    this.#incoming.clear();
  }
}
