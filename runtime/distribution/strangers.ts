/** So many may knock at once. */
const MOST = 64;

/** Those who have not said yet who they are; each entry turns one away. */
export class Strangers {
  readonly #waiting = new Set<() => void>();

  /** One more; the one that takes longest makes room if there are too many. */
  add(turnAway: () => void): void {
    this.#waiting.add(turnAway);
    const [longest] = this.#waiting;
    if (longest === undefined || this.#waiting.size <= MOST) return;
    this.#waiting.delete(longest);
    longest();
  }

  delete(turnAway: () => void): void {
    this.#waiting.delete(turnAway);
  }

  turnAllAway(): void {
    for (const turnAway of this.#waiting) turnAway();
    this.#waiting.clear();
  }
}
