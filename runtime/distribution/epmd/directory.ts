import type { Registration } from "./registration.ts";

/** So many names at most, lest one program fill the memory with them. */
export const MOST_NAMES = 1024;

/**
 * Who is registered: the daemon's state, without its sockets.
 *
 * A name belongs to the connection that registered it (`Owner`) for as long
 * as that is open. Nothing else removes a name, and nobody takes it over.
 */
export class Directory<Owner> {
  readonly #byName = new Map<string, Registration>();
  readonly #names = new Map<Owner, string>();
  #creation: number;

  /** @param firstCreation - What the first node is told: a whole number of 32 bits. */
  constructor(firstCreation: number) {
    this.#creation = firstCreation;
  }

  /**
   * Enters a node under its name.
   *
   * @returns its creation, another one for each registration, so that the
   * pids of a node that died cannot be taken for those of its successor.
   */
  register(owner: Owner, registration: Registration): number | "taken" {
    const taken = this.#byName.has(registration.name) || this.#names.has(owner);
    if (taken || this.#byName.size >= MOST_NAMES) return "taken";
    this.#byName.set(registration.name, registration);
    this.#names.set(owner, registration.name);
    const creation = this.#creation;
    this.#creation = nextCreation(creation);
    return creation;
  }

  lookup(name: string): Registration | undefined {
    return this.#byName.get(name);
  }

  /** The newest first, as `epmd -names` has them. */
  names(): readonly Registration[] {
    return [...this.#byName.values()].reverse();
  }

  /** The owner's connection is closed: its name is free again. */
  release(owner: Owner): void {
    const name = this.#names.get(owner);
    if (name === undefined) return;
    this.#names.delete(owner);
    this.#byName.delete(name);
  }
}

/** 0 means "any" to Erlang, and 1 to 3 are what nodes before OTP 23 use. */
function nextCreation(creation: number): number {
  return creation >= 0xffffffff ? 4 : creation + 1;
}
