/**
 * One object per key, for as long as anybody holds it.
 *
 * Two decodings of one atom or pid must be `===`. Strong references would let
 * a peer fill the memory with names it invents, so they are weak, and the
 * keys of dead ones are swept whenever the table has doubled.
 */
export class Interned<T extends object> {
  readonly #known = new Map<string, WeakRef<T>>();
  #sweepAt = 1_024;

  /** The object known by `key`; made now when there is none. */
  get(key: string, make: () => T): T {
    const living = this.#known.get(key)?.deref();
    if (living !== undefined) return living;
    const made = make();
    if (this.#known.size >= this.#sweepAt) this.#sweep();
    this.#known.set(key, new WeakRef(made));
    return made;
  }

  /** How many keys are kept, dead ones that were not swept yet included. */
  get size(): number {
    return this.#known.size;
  }

  #sweep(): void {
    for (const [key, weak] of this.#known) {
      if (weak.deref() === undefined) this.#known.delete(key);
    }
    this.#sweepAt = Math.max(1_024, 2 * this.#known.size);
  }
}
