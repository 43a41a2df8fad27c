import type { ExitReason } from "./exit.ts";
import { inspected } from "./inspected.ts";
import type { LocalPid } from "./pid.ts";
import type { LocalRef } from "./ref.ts";

/**
 * The way to another node, as the core sees it. Whatever connects nodes
 * (runtime/distribution) implements it; none of these wait or fail. Where the
 * other node is out of reach, the answer is a signal: `noconnection`.
 */
export interface Remote {
  readonly nodeName: string;
  /** To a pid, an alias, or a name over there. */
  send(
    from: LocalPid | undefined,
    to: RemotePid | RemoteRef | string,
    message: unknown,
  ): void;
  link(from: LocalPid, to: RemotePid): void;
  unlink(from: LocalPid, to: RemotePid): void;
  exit(
    from: LocalPid | undefined,
    to: RemotePid,
    reason: ExitReason,
    overLink: boolean,
  ): void;
  monitor(from: LocalPid, watched: RemotePid | string, ref: LocalRef): void;
  demonitor(from: LocalPid, watched: RemotePid | string, ref: LocalRef): void;
  /** Tells a watcher over there that its process here has ended. */
  down(from: LocalPid, to: RemotePid, ref: RemoteRef, reason: ExitReason): void;
}

/** A process of another node. There is one object for each, so `===` holds. */
export class RemotePid {
  // Private for the same reason as in LocalPid.
  readonly #remote: Remote;
  readonly id: number;
  readonly serial: number;
  /** Which incarnation of its node it belongs to. */
  readonly creation: number;
  /** The first number when it is printed. */
  readonly nodeIndex: number;

  constructor(
    remote: Remote,
    id: number,
    serial: number,
    creation: number,
    nodeIndex: number,
  ) {
    this.#remote = remote;
    this.id = id;
    this.serial = serial;
    this.creation = creation;
    this.nodeIndex = nodeIndex;
  }

  get remote(): Remote {
    return this.#remote;
  }

  toString(): string {
    return `<${this.nodeIndex}.${this.id}.${this.serial}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}

/** A reference of another node; if it is an alias there, an address too. */
export class RemoteRef {
  // Private for the same reason as in LocalPid.
  readonly #remote: Remote;
  /** The words of the reference, as they are sent. */
  readonly words: readonly number[];
  readonly creation: number;
  readonly nodeIndex: number;

  constructor(
    remote: Remote,
    words: readonly number[],
    creation: number,
    nodeIndex: number,
  ) {
    this.#remote = remote;
    this.words = words;
    this.creation = creation;
    this.nodeIndex = nodeIndex;
  }

  get remote(): Remote {
    return this.#remote;
  }

  toString(): string {
    return `#Ref<${[this.nodeIndex, ...this.words].join(".")}>`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspected](): string {
    return this.toString();
  }
}

export type AnyPid = LocalPid | RemotePid;
export type AnyRef = LocalRef | RemoteRef;
