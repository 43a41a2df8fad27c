/** A message that somebody who stayed connected should have heard and has not. */
export interface Missing {
  readonly client: number;
  readonly message: number;
}

/**
 * What was said and heard in a chat whose clients come, go, and lose their
 * connection.
 *
 * The promise: a message that its speaker has heard come back reaches everybody
 * who was in when it was said and still is, and in each speaker's order. Of a
 * message that did not come back, nobody knows.
 */
export class Minutes {
  /** By message, from 0: who said it. */
  readonly #speakers: number[] = [];
  /** In the order in which they came back. */
  readonly #acknowledged = new Set<number>();
  /** By client that is in: what was said before it came, and what it has heard. */
  readonly #inside = new Map<number, { since: number; heard: Set<number> }>();
  /** Messages that came after a later one of the same speaker, or twice. */
  outOfOrder = 0;
  /** By listener and speaker: the last message heard. */
  #last = new Map<string, number>();

  join(client: number): void {
    const since = this.#speakers.length;
    this.#inside.set(client, { since, heard: new Set() });
  }

  leave(client: number): void {
    this.#inside.delete(client);
  }

  /** Somebody says something; this is its number among all that is said. */
  say(speaker: number): number {
    return this.#speakers.push(speaker) - 1;
  }

  hear(client: number, message: number): void {
    const speaker = this.#speakers[message];
    const key = `${client} ${speaker}`;
    if (message <= (this.#last.get(key) ?? -1)) this.outOfOrder++;
    this.#last.set(key, message);
    this.#inside.get(client)?.heard.add(message);
    if (speaker === client) this.#acknowledged.add(message);
  }

  /** Whether all who are in have heard it. */
  isHeardByAll(message: number): boolean {
    return [...this.#inside.values()].every(({ heard }) => heard.has(message));
  }

  /** How many are in now. */
  get present(): number {
    return this.#inside.size;
  }

  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  /**
   * What was promised and has not come, of the first `count` that came back.
   * Later ones may still be under way to others.
   */
  missingOf(count: number): Missing[] {
    const promised = [...this.#acknowledged].slice(0, count);
    return [...this.#inside].flatMap(([client, { since, heard }]) =>
      promised
        .filter((message) => message >= since && !heard.has(message))
        .map((message) => ({ client, message })),
    );
  }
}
