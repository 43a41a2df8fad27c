/**
 * One object per value, for as long as anybody holds it, like
 * {@link Interned}, but found by a number: for what arrives with nearly every
 * message, making a key costs more than all the rest.
 */
export class Hashed<T extends object> {
  readonly #known = new Map<number, readonly WeakRef<T>[] | WeakRef<T>>();
  #sweepAt = 1_024;

  /** The object with this hash that `is` accepts; made now if there is none. */
  get(hash: number, is: (known: T) => boolean, make: () => T): T {
    const known = this.#known.get(hash);
    const living = aliveIn(known);
    for (const one of living) if (is(one)) return one;
    const made = make();
    if (this.#known.size >= this.#sweepAt) this.#sweep();
    const weak = new WeakRef(made);
    const others = living.map((one) => new WeakRef(one));
    this.#known.set(hash, others.length > 0 ? [...others, weak] : weak);
    return made;
  }

  /** How many hashes are kept, those of the dead not yet swept included. */
  get size(): number {
    return this.#known.size;
  }

  #sweep(): void {
    for (const [hash, known] of this.#known) {
      if (aliveIn(known).length === 0) this.#known.delete(hash);
    }
    this.#sweepAt = Math.max(1_024, 2 * this.#known.size);
  }
}

const NONE: readonly never[] = [];

function aliveIn<T extends object>(
  known: readonly WeakRef<T>[] | WeakRef<T> | undefined,
): readonly T[] {
  if (known === undefined) return NONE;
  if (known instanceof WeakRef) {
    const one = known.deref();
    return one === undefined ? NONE : [one];
  }
  return known.map((one) => one.deref()).filter((one) => one !== undefined);
}
