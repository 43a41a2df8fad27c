import type { ExitReason } from "./exit.ts";
import type { Pid } from "./pid.ts";
import type { Ref } from "./ref.ts";

/** What a suspended process hands to the scheduler. Opaque on purpose. */
export interface Suspend {
  readonly suspended: true;
}

/**
 * The body of a process: a generator that may end in a tail call, which is to
 * say by returning another body for the scheduler to go on with.
 */
export type Process = Generator<Suspend, void | Process, unknown>;

/** What `yield*` is written before: a call that may suspend and gives an `R`. */
export type Step<R> = Generator<Suspend, R, unknown>;

/** What a process is made from. A plain function runs to its end in one go. */
export type Body<S, A extends unknown[]> = (
  self: S,
  ...args: A
) => Process | void;

/** `"stop"` and `["ping", 1, pid]` have the tags `"stop"` and `"ping"`. */
export type Tag<M> = M extends string
  ? M
  : M extends readonly [infer T extends string, ...unknown[]]
    ? T
    : never;

/** What follows the tag `T` in the messages `M` that carry it. */
export type Fields<M, T> = M extends string
  ? M extends T
    ? []
    : never
  : M extends readonly [infer U, ...infer F]
    ? T extends U
      ? F
      : never
    : never;

/** The message a trapping process finds in its mailbox when a linked one ends. */
export type ExitMessage = readonly [tag: "EXIT", from: Pid, reason: ExitReason];

/** What a monitor delivers when the process it watches has ended. */
export type DownMessage = readonly [
  tag: "DOWN",
  ref: Ref,
  type: "process",
  /** The pid, or `[name, node]` if it was watched by name. */
  object: Pid | readonly [name: string, node: string],
  reason: ExitReason,
];

/** What a timer of {@link Self.startTimer} delivers. */
export type TimeoutMessage<T> = readonly [tag: "timeout", ref: Ref, message: T];

/** The tag of any value, or `undefined` if it is neither tuple nor bare tag. */
export function tagOf(message: unknown): string | undefined {
  if (typeof message === "string") return message;
  if (!Array.isArray(message)) return undefined;
  const tag: unknown = message[0];
  return typeof tag === "string" ? tag : undefined;
}
