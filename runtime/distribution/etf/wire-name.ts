/**
 * What the pids and references of the codec have in common: each node of this
 * program that has met one has an object of its own for it.
 *
 * The name holds that object, and is held by it: as long as anybody has
 * the one, the other is found by it, and both go together.
 */
export class WireName {
  // Private, so that a name prints and compares by its own parts alone.
  #owner: object | undefined = undefined;
  #meaning: unknown = undefined;
  #others: Map<object, unknown> | undefined = undefined;

  /** What it is to `owner`; `undefined` when they have not met. */
  meaningTo(owner: object): unknown {
    return this.#owner === owner ? this.#meaning : this.#others?.get(owner);
  }

  setMeaning(owner: object, meaning: unknown): void {
    if (this.#owner === undefined || this.#owner === owner) {
      this.#owner = owner;
      this.#meaning = meaning;
    } else {
      this.#others ??= new Map();
      this.#others.set(owner, meaning);
    }
  }
}
