import type { ExitReason } from "./exit.ts";
import type { Pid } from "./pid.ts";
import type { Ref } from "./ref.ts";

/**
 * Something that happened on a node, in the order in which it happened.
 *
 * A trace is complete, if all nodes that take part are traced: sequence
 * diagrams, supervision trees and the exchange that a failing check prints are
 * drawn from it and from nothing else.
 */
export type TraceEvent = { readonly atMs: number; readonly node: string } & (
  | {
      readonly kind: "spawn";
      readonly pid: Pid;
      /** `undefined`: from outside any process. */
      readonly parent: Pid | undefined;
      /** The name of the body function. */
      readonly label: string;
    }
  | {
      readonly kind: "send";
      readonly from: Pid | undefined;
      readonly to: Pid;
      readonly message: unknown;
    }
  /** The message is in the mailbox; right after `send` unless simulated. */
  | { readonly kind: "deliver"; readonly to: Pid; readonly message: unknown }
  /** The message left the mailbox. */
  | { readonly kind: "receive"; readonly pid: Pid; readonly message: unknown }
  /** An `after` ran out. */
  | { readonly kind: "timeout"; readonly pid: Pid }
  | { readonly kind: "exit"; readonly pid: Pid; readonly reason: ExitReason }
  | {
      readonly kind: "exit-signal";
      readonly from: Pid | undefined;
      readonly to: Pid;
      readonly reason: ExitReason;
      readonly overLink: boolean;
    }
  | { readonly kind: "link" | "unlink"; readonly from: Pid; readonly to: Pid }
  | {
      readonly kind: "monitor" | "demonitor";
      readonly from: Pid;
      readonly to: Pid | undefined;
      readonly ref: Ref;
    }
  | {
      readonly kind: "down";
      readonly from: Pid;
      readonly to: Pid;
      readonly ref: Ref;
      readonly reason: ExitReason;
    }
  | {
      readonly kind: "register" | "unregister";
      readonly pid: Pid;
      readonly name: string;
    }
  | {
      readonly kind: "timer-set";
      readonly pid: Pid | undefined;
      readonly to: Pid | string;
      readonly message: unknown;
      readonly ref: Ref;
      readonly inMs: number;
    }
  | { readonly kind: "timer-fired" | "timer-cancelled"; readonly ref: Ref }
);

/** A trace event before the node has stamped it with its time and name. */
export type Happening = TraceEvent extends infer E
  ? E extends TraceEvent
    ? Omit<E, "atMs" | "node">
    : never
  : never;

/** Told of every event of a node. What it throws harms nobody; see `report`. */
export type Tracer = (event: TraceEvent) => void;
