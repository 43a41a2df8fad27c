import type { Courier } from "../core/node-options.ts";
import type { LocalPid } from "../core/pid.ts";
import type { Random } from "./random.ts";

/** What one process has sent to another, and has not arrived. */
interface Pair {
  readonly from: LocalPid | undefined;
  readonly to: LocalPid;
  readonly signals: (() => void)[];
}

/**
 * One pair in so many lingers. Where the order of arrivals is left to chance
 * alone, a signal that is overtaken by a chain of others is too rare to find.
 */
const ONE_LINGERS_IN = 8;

/** Signals under way: a queue for each pair of sender and receiver. */
export class Signals {
  readonly #random: Random;
  /** The pair that began to wait first comes first. */
  readonly #quick: Pair[] = [];
  /** They arrive when nothing else can happen, and seldom before. */
  readonly #lingering: Pair[] = [];
  /** The same, by receiver and sender. */
  readonly #byPid = new Map<LocalPid, Map<LocalPid | undefined, Pair>>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** How many pairs have something that may arrive at any time. */
  get quick(): number {
    return this.#quick.length;
  }

  get lingering(): number {
    return this.#lingering.length;
  }

  readonly courier: Courier = (from, to, arrive) => {
    let senders = this.#byPid.get(to);
    if (!senders) {
      senders = new Map();
      this.#byPid.set(to, senders);
    }
    let pair = senders.get(from);
    if (!pair) {
      const lingers = this.#random() * ONE_LINGERS_IN < 1;
      pair = { from, to, signals: [] };
      senders.set(from, pair);
      (lingers ? this.#lingering : this.#quick).push(pair);
    }
    pair.signals.push(arrive);
  };

  deliverOne(): void {
    this.#deliver(this.#quick);
  }

  deliverLingering(): void {
    this.#deliver(this.#lingering);
  }

  #deliver(list: Pair[]): void {
    const place = Math.floor(this.#random() * list.length);
    const { from, to, signals } = list[place] as Pair;
    const arrive = signals.shift();
    if (signals.length === 0) {
      list.splice(place, 1);
      const senders = this.#byPid.get(to);
      senders?.delete(from);
      if (senders?.size === 0) this.#byPid.delete(to);
    }
    arrive?.();
  }
}
