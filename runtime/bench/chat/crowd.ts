import { Caller } from "./caller.ts";
import { Ledger } from "./ledger.ts";
import { heardIn, MOST_NUMBERS, spoken } from "./spoken.ts";

/** So many log in at a time: Erlang keeps five that nobody has accepted yet. */
const AT_A_TIME = 4;

/** Told of what each client hears, as {@link heardIn} gives it. */
export type OnHeard = (listener: number, heard: number) => void;

/** The clients of one chat, all in this process, and what they have heard. */
export class Crowd {
  readonly ledger: Ledger;
  /** Set while a phase watches. */
  onHeard: OnHeard = () => {};
  readonly #callers: Caller[] = [];
  /** Set when somebody's connection has ended: nobody should. */
  #gone: ((error: Error) => void) | undefined;
  /** Rejected when somebody's connection has ended. */
  readonly trouble: Promise<never>;

  private constructor(clients: number) {
    this.ledger = new Ledger(clients);
    this.trouble = new Promise((_, reject) => {
      this.#gone = reject;
    });
    this.trouble.catch(() => {});
  }

  /** Everybody logs in. */
  static async gather(port: number, clients: number): Promise<Crowd> {
    const crowd = new Crowd(clients);
    let next = 0;
    const enter = async () => {
      for (let index = next++; index < clients; index = next++) {
        crowd.#callers[index] = await crowd.#join(port, index);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, enter));
    return crowd;
  }

  get size(): number {
    return this.#callers.length;
  }

  /** Lets a client say its next message: what all will then have heard. */
  say(speaker: number): number {
    const number = this.ledger.say(speaker);
    this.#callers[speaker]?.say(spoken(speaker, number));
    return speaker * MOST_NUMBERS + number;
  }

  /** Everybody leaves. */
  leave(): void {
    this.#gone = undefined;
    for (const caller of this.#callers) caller.hangUp();
  }

  #join(port: number, index: number): Promise<Caller> {
    const name = `client${`${index}`.padStart(5, "0")}`;
    return Caller.join({
      port,
      name,
      onFrame: (bytes, start, end) => {
        const heard = heardIn(bytes, start, end);
        if (heard < 0) return;
        const speaker = Math.floor(heard / MOST_NUMBERS);
        const number = heard % MOST_NUMBERS;
        this.ledger.hear(index, speaker, number);
        this.onHeard(index, heard);
      },
      onEnd: () => this.#gone?.(new Error(`${name} was hung up on.`)),
    });
  }
}
