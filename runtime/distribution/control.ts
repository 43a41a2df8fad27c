/** Who is meant by a pid on the wire; the receiving node tells what it is. */
export type Who = unknown;

/**
 * A control message, read and checked for its shape, not yet for whose pids
 * are in it. `message` and `reason` are the payload that follows some.
 */
export type Control =
  | { readonly kind: "send"; readonly to: Who; readonly message: unknown }
  | {
      readonly kind: "send-name";
      readonly to: string;
      readonly message: unknown;
    }
  | { readonly kind: "send-alias"; readonly to: Who; readonly message: unknown }
  | { readonly kind: "link"; readonly from: Who; readonly to: Who }
  | {
      readonly kind: "unlink" | "unlink-ack";
      readonly id: number | bigint;
      readonly from: Who;
      readonly to: Who;
    }
  | {
      readonly kind: "exit";
      readonly from: Who;
      readonly to: Who;
      readonly reason: unknown;
      readonly overLink: boolean;
    }
  | {
      readonly kind: "monitor" | "demonitor";
      readonly from: Who;
      /** A pid, or the name of a process. */
      readonly watched: Who | string;
      readonly ref: Who;
    }
  | {
      readonly kind: "down";
      readonly to: Who;
      readonly ref: Who;
      readonly reason: unknown;
    }
  | {
      readonly kind: "spawn";
      readonly request: Who;
      readonly from: Who;
      readonly module: string;
      readonly function: string;
      readonly args: readonly unknown[];
      readonly link: boolean;
      readonly monitor: boolean;
    }
  | {
      readonly kind: "spawn-reply";
      readonly request: Who;
      readonly to: Who;
      /** The pid, or the name of what went wrong. */
      readonly result: Who | string;
    }
  /** Understood and of no consequence here, such as a group leader. */
  | { readonly kind: "ignored" };
