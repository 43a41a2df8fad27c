import { inspected } from "./inspected.ts";
import type { LocalProcess } from "./process.ts";
import { RemotePid } from "./remote.ts";

/** What a pid takes, for the compiler only. */
export declare const accepts: unique symbol;

/**
 * The address of a process that understands messages of type `M`.
 *
 * Sending anything else is a compile error. A pid is made by the runtime,
 * never chosen, and is compared with `===`. `Pid` alone is any process: you
 * may watch it, link to it or end it, but not send it anything.
 */
export interface Pid<in M = never> {
  /** For the compiler only; no such property exists when the program runs. */
  readonly [accepts]?: (message: M) => void;
  /** Prints as Erlang prints it: `<0.89.0>`. */
  toString(): string;
}

/** A pid of a process in this JavaScript realm. */
export class LocalPid {
  // Private, or whatever prints or compares a pid would walk from here through
  // every process there is.
  #process: LocalProcess | undefined;
  readonly id: number;
  /** 0 for the default node; other nodes of this realm count from 1. */
  readonly nodeIndex: number;

  constructor(id: number, nodeIndex: number) {
    this.id = id;
    this.nodeIndex = nodeIndex;
  }

  /** `undefined` once it has died, so that a kept pid keeps nothing else. */
  get process(): LocalProcess | undefined {
    return this.#process;
  }

  set process(process: LocalProcess | undefined) {
    this.#process = process;
  }

  toString(): string {
    return `<${this.nodeIndex}.${this.id}.0>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}

/** Whether a value is a pid. Erlang's `is_pid/1`. */
export function isPid(value: unknown): value is Pid {
  return value instanceof LocalPid || value instanceof RemotePid;
}
