import { after, matching } from "../core/clauses.ts";
import type { Step } from "../core/message.ts";
import type { LocalProcess } from "../core/process.ts";
import { DEAD } from "../core/process-state.ts";
import type { Ref } from "../core/ref.ts";

/**
 * A process's wait for an answer of the network.
 *
 * The answer comes as a message with a reference of its own, as in Erlang,
 * where `gen_tcp` waits for `{inet_reply, …}`: so a waiting process can be
 * ended, timed and simulated like any other, and nothing of it is left behind.
 */
export class Reply<T> {
  readonly process: LocalProcess;
  #answer: { readonly value: T } | undefined;
  /** Set while the process waits for the message. */
  #ref: Ref | undefined;
  #abandoned = false;

  constructor(process: LocalProcess) {
    this.process = process;
  }

  /** Whether nobody wants an answer: it came, or the process is gone. */
  get over(): boolean {
    const gone = this.#abandoned || this.process.status === DEAD;
    return gone || this.#answer !== undefined;
  }

  /** Answers, once; a second answer is not heard. */
  give(value: T): void {
    if (this.over) return;
    this.#answer = { value };
    if (this.#ref === undefined) return;
    const { home, pid } = this.process;
    home.deliver(pid, ["inet_reply", this.#ref, value]);
  }

  /**
   * Waits for the answer, at most `timeoutMs` milliseconds.
   *
   * @param abandon - Called if the process dies or stops waiting before it.
   */
  *wait<L>(timeoutMs: number, late: () => L, abandon: () => void): Step<T | L> {
    if (this.#answer !== undefined) return this.#answer.value;
    const { process } = this;
    const ref = process.home.makeRef(process) as Ref;
    this.#ref = ref;
    const giveUp = () => {
      if (this.#abandoned || this.#answer !== undefined) return;
      this.#abandoned = true;
      abandon();
    };
    process.cleanups ??= new Set();
    process.cleanups.add(giveUp);
    const clauses = { inet_reply: (_: Ref, value: T) => value };
    const received: unknown = process.receive(
      matching(ref, clauses as never),
      after(timeoutMs, late) as never,
    );
    try {
      return yield* received as Step<T | L>;
    } finally {
      process.cleanups?.delete(giveUp);
      giveUp();
    }
  }
}
