/** What a wire tells the one who holds it. */
export interface Listener {
  data(bytes: Uint8Array): void;
  /** It carries nothing any more; told once. */
  closed(reason: string): void;
  /** What was written has gone out; there is room again. */
  drained(): void;
}

/** Bytes both ways between two nodes, in order. */
export interface Wire {
  /** Set at once by whoever gets the wire; nothing is told before. */
  listener: Listener | undefined;
  /** Written, and not yet taken by the other side, in bytes. */
  readonly pendingBytes: number;
  write(bytes: Uint8Array): void;
  /** Reads no more until `resume`. */
  pause(): void;
  resume(): void;
  /**
   * The other node is who it says. From now on an answer may be worth some of
   * the processor's time, which no stranger is to get.
   */
  trust?(): void;
  /** Ends it, and drops what has not gone out. Nothing is told afterwards. */
  close(): void;
}

/** What is known of a node under its name. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** A node's entry in the directory of nodes, for as long as it is not closed. */
export interface Entry {
  /** Tells this incarnation of the node from an earlier one: 4 or more. */
  readonly creation: number;
  close(): void;
}

/** A door that others can knock at. */
export interface Door {
  readonly port: number;
  close(): void;
}

/**
 * How nodes find and reach one another: over sockets and EPMD, or in the
 * memory of one program. All promises reject with what a person can read.
 */
export interface Transport {
  open(place: Place, visit: (wire: Wire) => void): Promise<Door>;
  enter(nodeName: string, place: Place, hidden: boolean): Promise<Entry>;
  /** `undefined` if there is no such node. */
  find(nodeName: string): Promise<Place | undefined>;
  dial(place: Place): Promise<Wire>;
}
