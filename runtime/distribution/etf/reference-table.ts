import type { ForeignRef } from "./foreign-ref.ts";

/** What stands for a reference, and others whose numbers have its hash. */
interface Entry<T extends object> {
  readonly one: WeakRef<T>;
  readonly next: Entry<T> | undefined;
}

/**
 * One object per reference, for as long as anybody holds it: what `Interned`
 * is for texts. Every call brings a reference that is new, so this one makes
 * no text to find it by, which would cost as much as the rest of the message.
 */
export class ReferenceTable<T extends object> {
  readonly #known = new Map<number, Entry<T>>();
  readonly #standsFor: (one: T, reference: ForeignRef) => boolean;
  readonly #make: (reference: ForeignRef) => T;
  #sweepAt = 1_024;

  constructor(
    standsFor: (one: T, reference: ForeignRef) => boolean,
    make: (reference: ForeignRef) => T,
  ) {
    this.#standsFor = standsFor;
    this.#make = make;
  }

  /** The object that stands for a reference; made now when there is none. */
  get(reference: ForeignRef): T {
    if (this.#known.size >= this.#sweepAt) this.#sweep();
    const hash = hashOf(reference);
    const first = this.#known.get(hash);
    for (let entry = first; entry !== undefined; entry = entry.next) {
      const one = entry.one.deref();
      if (one !== undefined && this.#standsFor(one, reference)) return one;
    }
    const made = this.#make(reference);
    this.#known.set(hash, { one: new WeakRef(made), next: first });
    return made;
  }

  /** How many hashes are kept, those of the dead not swept yet included. */
  get size(): number {
    return this.#known.size;
  }

  #sweep(): void {
    for (const [hash, entry] of this.#known) {
      const living = withoutDead(entry);
      if (living === undefined) this.#known.delete(hash);
      else if (living !== entry) this.#known.set(hash, living);
    }
    this.#sweepAt = Math.max(1_024, 2 * this.#known.size);
  }
}

function withoutDead<T extends object>(
  entry: Entry<T> | undefined,
): Entry<T> | undefined {
  if (entry === undefined) return undefined;
  const next = withoutDead(entry.next);
  if (entry.one.deref() === undefined) return next;
  return next === entry.next ? entry : { one: entry.one, next };
}

/** Not to be guessed, so that no peer can make all its references collide. */
const seed = Math.floor(Math.random() * 2 ** 32);

function hashOf({ creation, ids }: ForeignRef): number {
  let hash = seed ^ creation;
  for (let i = 0; i < ids.length; i++) {
    hash = Math.imul(hash ^ (ids[i] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
