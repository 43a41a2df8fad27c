/**
 * Who has said how much, and what of it each listener has heard.
 *
 * Speakers and listeners are numbers from 0. Each speaker numbers what it says
 * from 0, and each listener must hear each speaker in that order, whatever the
 * others say in between.
 */
export class Ledger {
  /** How much each has said. */
  readonly said: Int32Array;
  /** How many messages have been heard, by all listeners together. */
  delivered = 0;
  /** Messages that came after a later one of the same speaker, or twice. */
  outOfOrder = 0;
  readonly #clients: number;
  /** By listener and speaker: how many messages came. */
  readonly #heard: Int32Array;
  /** By listener and speaker: the number that the next one has, if none is missing. */
  readonly #next: Int32Array;

  constructor(clients: number) {
    this.#clients = clients;
    this.said = new Int32Array(clients);
    this.#heard = new Int32Array(clients * clients);
    this.#next = new Int32Array(clients * clients);
  }

  /** A speaker says something; this is its number. */
  say(speaker: number): number {
    const number = this.said[speaker] ?? 0;
    this.said[speaker] = number + 1;
    return number;
  }

  hear(listener: number, speaker: number, number: number): void {
    const place = listener * this.#clients + speaker;
    this.delivered++;
    this.#heard[place] = (this.#heard[place] ?? 0) + 1;
    if (number < (this.#next[place] ?? 0)) this.outOfOrder++;
    else this.#next[place] = number + 1;
  }

  /** How many messages have been said that some listener has not heard. */
  get lost(): number {
    let lost = 0;
    this.#heard.forEach((heard, place) => {
      const said = this.said[place % this.#clients] ?? 0;
      lost += Math.max(0, said - heard);
    });
    return lost;
  }

  /** How many messages all have said together. */
  get saidInAll(): number {
    return this.said.reduce((sum, said) => sum + said, 0);
  }
}
