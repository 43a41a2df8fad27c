import { type Remote, RemotePid, RemoteRef } from "../core/remote.ts";
import type { ForeignPid, ForeignRef } from "./etf/index.ts";

/** The way to a node, and the number its pids are printed with. */
export type WayTo = (nodeName: string) => {
  readonly remote: Remote;
  readonly index: number;
};

/**
 * The pids and references of other nodes. There is one object for each, so
 * `===` compares them.
 */
export class RemoteIdentities {
  readonly #wayTo: WayTo;

  constructor(wayTo: WayTo) {
    this.#wayTo = wayTo;
  }

  pid(foreign: ForeignPid): RemotePid {
    const known = foreign.meaningTo(this);
    if (known !== undefined) return known as RemotePid;
    const { node, id, serial, creation } = foreign;
    const { remote, index } = this.#wayTo(node);
    const made = new RemotePid(remote, id, serial, creation, index, foreign);
    foreign.setMeaning(this, made);
    return made;
  }

  ref(foreign: ForeignRef): RemoteRef {
    const known = foreign.meaningTo(this);
    if (known !== undefined) return known as RemoteRef;
    const { ids, creation } = foreign;
    const { remote, index } = this.#wayTo(foreign.node);
    const made = new RemoteRef(remote, ids, creation, index, foreign);
    foreign.setMeaning(this, made);
    return made;
  }

  /** Also one that another node of this program has met. */
  describe(value: object): ForeignPid | ForeignRef | undefined {
    return value instanceof RemotePid || value instanceof RemoteRef
      ? (value.wireName as ForeignPid | ForeignRef | undefined)
      : undefined;
  }
}
