import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Transport } from "./network.ts";
import { Reply } from "./reply.ts";
import { type Failure, failure } from "./result.ts";

/** The sending half of a connection: processes wait here for room. */
export class Writing {
  readonly #transport: Transport;
  readonly #waiting = new Set<Reply<void>>();
  #over = false;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Writes a whole frame. Waits before it, so that no number of processes
   * piles up more than a frame, and after it, so that the sender feels it.
   */
  *send(process: LocalProcess, framed: Uint8Array): Step<"ok" | Failure> {
    if (this.#transport.full) yield* this.#room(process);
    if (!this.#over) this.#transport.write(framed);
    if (this.#transport.full) yield* this.#room(process);
    return this.#over ? failure("closed", { call: "send" }) : "ok";
  }

  /** There is room: those who wait look again. */
  release(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const reply of waiting) reply.give();
  }

  /** Nobody takes writes any more. */
  stop(): void {
    this.#over = true;
    this.release();
  }

  *#room(process: LocalProcess): Step<void> {
    while (!this.#over && this.#transport.full) {
      const reply = new Reply<void>(process);
      this.#waiting.add(reply);
      const abandon = () => void this.#waiting.delete(reply);
      yield* reply.wait(Number.POSITIVE_INFINITY, () => {}, abandon);
    }
  }
}
