import { type Remote, RemotePid, RemoteRef } from "../core/remote.ts";
import { isSameWords } from "./etf/foreign-ref.ts";
import { ForeignPid, ForeignRef } from "./etf/index.ts";
import { Interned } from "./etf/interned.ts";
import { ReferenceTable } from "./etf/reference-table.ts";

/** The way to a node, and the number its pids are printed with. */
export type WayTo = (nodeName: string) => {
  readonly remote: Remote;
  readonly index: number;
};

/**
 * The pids and references of other nodes. There is one object for each, so
 * `===` compares them, for as long as anybody here holds it.
 */
export class RemoteIdentities {
  readonly #wayTo: WayTo;
  readonly #pids = new Interned<RemotePid>();
  readonly #refs: ReferenceTable<RemoteRef>;
  /** Lately seen pids by a part of their number: most come again and again. */
  readonly #recent = new Array<RemotePid | undefined>(256).fill(undefined);

  constructor(wayTo: WayTo) {
    this.#wayTo = wayTo;
    this.#refs = new ReferenceTable(standsFor, ({ node, creation, ids }) => {
      const { remote, index } = wayTo(node);
      return new RemoteRef(remote, ids, creation, index);
    });
  }

  pid(foreign: ForeignPid): RemotePid {
    const { node, id, serial, creation } = foreign;
    const slot = id & 255;
    const last = this.#recent[slot];
    if (
      last !== undefined &&
      last.id === id &&
      last.serial === serial &&
      last.creation === creation &&
      last.remote.nodeName === node
    ) {
      return last;
    }
    const key = `${id}.${serial}.${creation}.${node}`;
    const found = this.#pids.get(key, () => {
      const { remote, index } = this.#wayTo(node);
      return new RemotePid(remote, id, serial, creation, index);
    });
    this.#recent[slot] = found;
    return found;
  }

  ref(foreign: ForeignRef): RemoteRef {
    return this.#refs.get(foreign);
  }

  /** Also one that another node of this program has met. */
  describe(value: object): ForeignPid | ForeignRef | undefined {
    if (value instanceof RemotePid) {
      const { remote, id, serial, creation } = value;
      return new ForeignPid(remote.nodeName, id, serial, creation);
    }
    if (value instanceof RemoteRef) {
      return new ForeignRef(value.remote.nodeName, value.creation, value.words);
    }
    return undefined;
  }
}

function standsFor(ref: RemoteRef, foreign: ForeignRef): boolean {
  return (
    ref.remote.nodeName === foreign.node &&
    ref.creation === foreign.creation &&
    isSameWords(ref.words, foreign.ids)
  );
}
