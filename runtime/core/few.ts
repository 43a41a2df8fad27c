/**
 * A map that mostly holds one entry, in the order of their coming.
 *
 * A caller waits for one server, and a child is linked to one supervisor. A
 * `Map` would hash each reference, which costs more than all else in a monitor,
 * and takes a hundred bytes more for each link.
 */
export class Few<K extends object, V> implements Iterable<readonly [K, V]> {
  /** The only entry there is, if it is not among many. */
  #key: K | undefined = undefined;
  #value: V | undefined = undefined;
  #many: Map<K, V> | undefined = undefined;

  get size(): number {
    return this.#key === undefined ? (this.#many?.size ?? 0) : 1;
  }

  get(key: K): V | undefined {
    return this.#key === key ? this.#value : this.#many?.get(key);
  }

  set(key: K, value: V): void {
    if (this.#key === key || this.size === 0) {
      this.#key = key;
      this.#value = value;
      return;
    }
    this.#many ??= new Map();
    if (this.#key !== undefined) {
      this.#many.set(this.#key, this.#value as V);
      this.#key = this.#value = undefined;
    }
    this.#many.set(key, value);
  }

  /** Whether it was there. */
  delete(key: K): boolean {
    if (this.#key !== key) return this.#many?.delete(key) ?? false;
    this.#key = this.#value = undefined;
    return true;
  }

  keys(): Iterable<K> {
    return this.#key === undefined ? (this.#many?.keys() ?? []) : [this.#key];
  }

  values(): Iterable<V> {
    if (this.#key !== undefined) return [this.#value as V];
    return this.#many?.values() ?? [];
  }

  [Symbol.iterator](): Iterator<readonly [K, V]> {
    if (this.#key === undefined)
      return (this.#many ?? new Map())[Symbol.iterator]();
    return [[this.#key, this.#value as V] as const][Symbol.iterator]();
  }
}
