import { Caller } from "../chat/caller.ts";
import type { Cluster } from "./cluster.ts";
import { Minutes } from "./minutes.ts";
import { type Around, Regular, tailOf } from "./regular.ts";

/** Longer than this nothing here may take. */
const LIMIT_MS = 30_000;

/** The regulars of a chat, and what is asked of them while it is tormented. */
export class Evening {
  readonly cluster: Cluster;
  readonly minutes = new Minutes();
  readonly #regulars: Regular[];
  /** Looked at again whenever something has changed. */
  readonly #waiting = new Set<() => void>();
  #guests = 0;
  /** What was heard lately that no regular has said. */
  readonly #overheard: string[] = [];

  constructor(cluster: Cluster, regulars: number, random: () => number) {
    this.cluster = cluster;
    const changed = () => {
      for (const look of this.#waiting) look();
    };
    const around: Around = {
      minutes: this.minutes,
      port: () => cluster.port,
      pauseMs: () => random() * 40,
      changed,
      overheard: (text) => {
        this.#overheard.push(text);
        if (this.#overheard.length > 1_000) this.#overheard.shift();
        changed();
      },
    };
    const indices = Array.from({ length: regulars }, (_, index) => index);
    this.#regulars = indices.map((index) => new Regular(index, around));
  }

  /** How often the regulars have come in, together. */
  get visits(): number {
    return this.#regulars.reduce((sum, { visits }) => sum + visits, 0);
  }

  /** Until all regulars are in. */
  allIn(): Promise<void> {
    const all = this.#regulars.length;
    return this.until(
      () => this.minutes.present === all,
      () => `${all} regulars to be in; ${this.minutes.present} are`,
    );
  }

  /**
   * Until somebody's word of now has reached all. What came back before it was
   * said must then have reached all as well.
   */
  async allHeard(): Promise<void> {
    await this.allIn();
    const { acknowledged } = this.minutes;
    const message = this.#regulars[0]?.say() ?? 0;
    await this.until(
      () => this.minutes.isHeardByAll(message),
      () => `message ${message} to reach everybody`,
    );
    const missing = this.minutes.missingOf(acknowledged);
    const { outOfOrder } = this.minutes;
    if (missing.length === 0 && outOfOrder === 0) return;
    const [first] = missing;
    throw new Error(
      `${missing.length} message(s) that came back to their speakers did not reach others` +
        `${first ? `, the first being ${first.message} to regular${first.client}` : ""}; ` +
        `${outOfOrder} came out of order.`,
    );
  }

  /** Until so many more messages have come back to their speakers. */
  talkGoesOn(messages: number): Promise<void> {
    const wanted = this.minutes.acknowledged + messages;
    return this.until(
      () => this.minutes.acknowledged >= wanted,
      () => `${messages} more messages to come back`,
    );
  }

  /** Until everybody has been told something that contains `text`. */
  overhear(text: string): Promise<void> {
    return this.until(
      () => this.#overheard.some((it) => it.includes(text)),
      () => `"${text}" to be heard`,
    );
  }

  /** Somebody new comes in. */
  guest(onText: (text: string) => void = () => {}): Promise<Caller> {
    const name = `guest${`${this.#guests++}`.padStart(5, "0")}`;
    return Caller.join({
      port: this.cluster.port,
      name,
      onFrame: (bytes, start, end) => onText(tailOf(bytes, start, end)),
    });
  }

  /** The name of the guest who came last. */
  get lastGuest(): string {
    return `guest${`${this.#guests - 1}`.padStart(5, "0")}`;
  }

  /** @throws Error that names what it waited for, if it takes too long. */
  until(holds: () => boolean, what: () => string): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        this.#waiting.delete(look);
        clearTimeout(timer);
        settle();
      };
      const look = () => holds() && end(resolve);
      const timer = setTimeout(
        () => end(() => reject(new Error(`Waited in vain for ${what()}.`))),
        LIMIT_MS,
      );
      this.#waiting.add(look);
      look();
    });
  }

  end(): void {
    for (const regular of this.#regulars) regular.stop();
  }
}
