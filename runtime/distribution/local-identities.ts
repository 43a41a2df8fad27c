import { LocalPid } from "../core/pid.ts";
import { LocalRef } from "../core/ref.ts";
import { ForeignPid, ForeignRef } from "./etf/index.ts";
import { Interned } from "./etf/interned.ts";

/** How a node of this program is named on the wire. */
export interface Incarnation {
  readonly nodeName: string;
  readonly creation: number;
}

/** The distributed nodes of this program, by the first number of their pids. */
const incarnations = new Map<number, Incarnation>();

export function enterIncarnation(index: number, incarnation: Incarnation) {
  incarnations.set(index, incarnation);
}

/** The node that a pid or reference of this program belongs to. */
export function incarnationOf(
  value: LocalPid | LocalRef,
): Incarnation | undefined {
  return incarnations.get(value.nodeIndex);
}

/** Erlang takes 18 bits of a reference's first number and 32 of the others. */
const FIRST_WORD = 2 ** 18;
const WORD = 2 ** 32;

/**
 * The pids and references of one node, as others know them: what was sent out
 * comes back as the same object for as long as anybody here holds it.
 */
export class LocalIdentities {
  readonly #index: number;
  readonly #incarnation: Incarnation;
  readonly #pids = new Interned<LocalPid>();
  readonly #refs = new Interned<LocalRef>();
  /** Finds a process that was never told of, such as one named by its text. */
  readonly #living: (id: number) => LocalPid | undefined;

  constructor(
    index: number,
    incarnation: Incarnation,
    living: (id: number) => LocalPid | undefined,
  ) {
    this.#index = index;
    this.#incarnation = incarnation;
    this.#living = living;
    enterIncarnation(index, incarnation);
  }

  describe(value: object): ForeignPid | ForeignRef | undefined {
    if (!(value instanceof LocalPid || value instanceof LocalRef)) return;
    if (value.nodeIndex === this.#index) {
      if (value instanceof LocalPid) this.#pids.get(`${value.id}`, () => value);
      else this.#refs.get(`${value.id}`, () => value);
    }
    const incarnation = incarnationOf(value);
    if (incarnation === undefined) return undefined;
    const { nodeName, creation } = incarnation;
    const { id } = value;
    if (value instanceof LocalPid) {
      return new ForeignPid(
        nodeName,
        id % WORD,
        Math.floor(id / WORD),
        creation,
      );
    }
    const high = Math.floor(id / FIRST_WORD);
    const words = [id % FIRST_WORD, high % WORD, Math.floor(high / WORD)];
    return new ForeignRef(nodeName, creation, words);
  }

  /** `undefined` for what an earlier node of this name had, or none ever. */
  pid(foreign: ForeignPid): LocalPid | undefined {
    if (foreign.creation !== this.#incarnation.creation) return undefined;
    const id = foreign.serial * WORD + foreign.id;
    if (!Number.isSafeInteger(id)) return undefined;
    return this.#pids.get(
      `${id}`,
      () => this.#living(id) ?? new LocalPid(id, this.#index),
    );
  }

  ref({ creation, ids }: ForeignRef): LocalRef | undefined {
    if (creation !== this.#incarnation.creation) return undefined;
    const [low = 0, middle = 0, high = 0] = ids;
    const id = (high * WORD + middle) * FIRST_WORD + low;
    if (!Number.isSafeInteger(id)) return undefined;
    return this.#refs.get(
      `${id}`,
      () => new LocalRef(id, this.#index, undefined, 0, 0),
    );
  }
}
