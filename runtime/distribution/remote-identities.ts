import { type Remote, RemotePid, RemoteRef } from "../core/remote.ts";
import {
  type ForeignPid,
  type ForeignRef,
  foreignPid,
  foreignRef,
} from "./etf/index.ts";

/** The way to a node, and the number its pids are printed with. */
export type WayTo = (nodeName: string) => {
  readonly remote: Remote;
  readonly index: number;
};

/**
 * The pids and references of other nodes. There is one object for each, so
 * `===` compares them.
 *
 * The two weak maps hold on to each other: as long as anybody has the one
 * object, the other is there to find it by, and both go together.
 */
export class RemoteIdentities {
  readonly #wayTo: WayTo;
  readonly #pids = new WeakMap<ForeignPid, RemotePid>();
  readonly #refs = new WeakMap<ForeignRef, RemoteRef>();
  readonly #foreign = new WeakMap<object, ForeignPid | ForeignRef>();

  constructor(wayTo: WayTo) {
    this.#wayTo = wayTo;
  }

  pid(foreign: ForeignPid): RemotePid {
    const known = this.#pids.get(foreign);
    if (known !== undefined) return known;
    const { node, id, serial, creation } = foreign;
    const { remote, index } = this.#wayTo(node);
    const made = new RemotePid(remote, id, serial, creation, index);
    this.#pids.set(foreign, made);
    this.#foreign.set(made, foreign);
    return made;
  }

  ref(foreign: ForeignRef): RemoteRef {
    const known = this.#refs.get(foreign);
    if (known !== undefined) return known;
    const { remote, index } = this.#wayTo(foreign.node);
    const { ids, creation } = foreign;
    const made = new RemoteRef(remote, ids, creation, index);
    this.#refs.set(foreign, made);
    this.#foreign.set(made, foreign);
    return made;
  }

  describe(value: object): ForeignPid | ForeignRef | undefined {
    const known = this.#foreign.get(value);
    if (known !== undefined) return known;
    // One that another node of this program has met.
    if (value instanceof RemotePid) {
      const { remote, id, serial, creation } = value;
      return foreignPid(remote.nodeName, id, serial, creation);
    }
    if (value instanceof RemoteRef) {
      return foreignRef(value.remote.nodeName, value.creation, value.words);
    }
    return undefined;
  }
}
