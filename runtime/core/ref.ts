import { inspected } from "./inspected.ts";
import type { LocalPid } from "./pid.ts";
import { RemoteRef } from "./remote.ts";

/** What an alias takes, for the compiler only. */
export declare const aliasAccepts: unique symbol;

/**
 * A value that no other call has returned or will return: Erlang's reference.
 *
 * Monitors and timers are named by one, and a request carries one so that its
 * reply can be told from every other message. As an alias (see
 * {@link Self.alias}) it is also an address.
 */
export interface Ref<in M = never> {
  /** For the compiler only; no such property exists when the program runs. */
  readonly [aliasAccepts]?: (message: M) => void;
  toString(): string;
}

/** A reference made in this JavaScript realm. */
export class LocalRef {
  // Private, so that a reference prints and compares as the same all its life.
  #alias: LocalPid | undefined = undefined;
  readonly id: number;
  readonly nodeIndex: number;
  /** Who made it. Nobody else's mailbox position is remembered here. */
  readonly owner: LocalPid | undefined;
  /**
   * Where the owner's mailbox ended when this was made. Messages before it
   * cannot contain the reference, so `matching(ref, …)` starts here.
   */
  readonly position: number;
  /** The mailbox's own account of how positions have moved since. */
  readonly epoch: number;

  constructor(
    id: number,
    nodeIndex: number,
    owner: LocalPid | undefined,
    position: number,
    epoch: number,
  ) {
    this.id = id;
    this.nodeIndex = nodeIndex;
    this.owner = owner;
    this.position = position;
    this.epoch = epoch;
  }

  /** Whose address it is, for as long as it is an alias; of the dead, too. */
  get alias(): LocalPid | undefined {
    return this.#alias;
  }

  set alias(pid: LocalPid | undefined) {
    this.#alias = pid;
  }

  toString(): string {
    return `#Ref<${this.nodeIndex}.${this.id}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}

/** Whether a value is a reference. Erlang's `is_reference/1`. */
export function isRef(value: unknown): value is Ref {
  return value instanceof LocalRef || value instanceof RemoteRef;
}
