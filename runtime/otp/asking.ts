import { After, matching } from "../core/clauses.ts";
import type { ExitReason } from "../core/exit.ts";
import type { Suspend } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Ref } from "../core/ref.ts";
import type { Self } from "../core/self.ts";
import { done } from "../core/step.ts";
import { locate, reasonFor } from "./locate.ts";
import type { AnyServer } from "./protocol.ts";
import { type ResponseMessage, sendCall } from "./send-call.ts";

const DEFAULT_LIMIT_MS = 5_000;

/** Why a call has no reply. */
class NoReply {
  readonly reason: ExitReason;
  constructor(reason: ExitReason) {
    this.reason = reason;
  }
}

// Made once: a call is on the hot path of everything that is built on servers.
const answers = {
  $gen_reply: (_ref: Ref, reply: unknown) => reply,
  DOWN: (_ref: Ref, _type: "process", _object: unknown, reason: ExitReason) =>
    new NoReply(reason),
};
const timedOut = () => new NoReply("timeout");
const defaultLimit = new After(DEFAULT_LIMIT_MS, timedOut);
/** A call that is resumed again has nothing more to give, like a generator. */
const OVER: Iterator<Suspend, unknown> = { next: () => done(undefined) };

/**
 * A call of a server, for `yield*`: asks when it is first resumed, and waits
 * for the answer. As a generator it would cost a tenth of a call more.
 */
export class Asking {
  readonly #process: LocalProcess;
  readonly #server: AnyServer;
  readonly #request: unknown;
  readonly #timeoutMs: number | undefined;
  #ref: Ref | undefined = undefined;
  #receive: Iterator<Suspend, unknown> | undefined = undefined;

  constructor(
    process: LocalProcess,
    server: AnyServer,
    request: unknown,
    timeoutMs: number | undefined,
  ) {
    this.#process = process;
    this.#server = server;
    this.#request = request;
    this.#timeoutMs = timeoutMs;
  }

  get #self(): Self<never> {
    return this.#process as unknown as Self<never>;
  }

  [Symbol.iterator]() {
    this.#process.unresumed = undefined;
    return this;
  }

  next(): IteratorResult<Suspend, unknown> {
    this.#receive ??= this.#ask();
    const step = this.#receive.next();
    if (!step.done) return step;
    if (step.value instanceof NoReply) this.#give(step.value);
    this.#receive = OVER;
    return step;
  }

  #ask(): Iterator<Suspend, unknown> {
    const self = this.#self;
    const to = locate(self, this.#server);
    if (typeof to === "string") return this.#fail(to);
    if (to === self.pid) return this.#fail("calling_self");
    const ref = sendCall(self, to, this.#request);
    this.#ref = ref;
    const ms = this.#timeoutMs;
    const limit = ms === undefined ? defaultLimit : new After(ms, timedOut);
    const clauses = matching<ResponseMessage, unknown>(ref, answers);
    return self.receive(clauses, limit)[Symbol.iterator]();
  }

  /** From now on a late reply finds no address, and is lost, not misread. */
  #give({ reason }: NoReply): never {
    this.#self.demonitor(this.#ref as Ref, { flush: true });
    this.#fail(reason);
  }

  #fail(reason: ExitReason): never {
    this.#receive = OVER;
    const asked = [this.#server, this.#request];
    if (this.#timeoutMs !== undefined) asked.push(this.#timeoutMs);
    const why = reasonFor(this.#server, reason);
    return this.#self.exit([why, ["gen_server", "call", asked]]);
  }
}
