import type { Pid } from "../core/pid.ts";
import type { Ref } from "../core/ref.ts";

/**
 * What a server can be asked, as an interface of two:
 *
 * ```ts
 * interface Account {
 *   call: { deposit(amount: number): number; balance(): number };
 *   cast: { reset(): void };
 *   info: ["interest", percent: number];
 * }
 * ```
 *
 * A call is a request with a reply, a cast is a request without, and an info
 * is any other message.
 */
export interface Protocol {
  readonly call?: object;
  readonly cast?: object;
  readonly info?: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: only the parameters' shape counts.
type Operation = (...fields: any[]) => unknown;
type Table<T> = T extends object ? T : object;

export type Calls<P extends Protocol> = Table<P["call"]>;
export type Casts<P extends Protocol> = Table<P["cast"]>;
export type Info<P extends Protocol> = P extends { readonly info: infer I }
  ? I
  : never;

/** What an operation takes. */
export type FieldsOf<T, K extends keyof T> = T[K] extends Operation
  ? Parameters<T[K]>
  : never;

/** The requests of a table: `"balance"` and `["deposit", amount]`. */
export type RequestOf<T> = {
  [K in keyof T & string]: FieldsOf<T, K> extends []
    ? K
    : readonly [K, ...FieldsOf<T, K>];
}[keyof T & string];

/** What the reply to a request is. */
export type ReplyOf<T, R> = R extends readonly [infer K, ...unknown[]]
  ? ReplyTo<T, K>
  : ReplyTo<T, R>;
type ReplyTo<T, K> = K extends keyof T
  ? T[K] extends Operation
    ? ReturnType<T[K]>
    : never
  : never;

declare const protocol: unique symbol;

/** The address of a server that speaks `P`. */
export type Server<P extends Protocol> = Pid<Info<P>> & {
  readonly [protocol]?: (spoken: P) => P;
};

/** A server by its address, its name, or its name on a node. */
export type ServerName<P extends Protocol> =
  | Server<P>
  | string
  | readonly [name: string, node: string];

/** Any server, whatever it speaks: it can be stopped and looked into. */
export type AnyServer = Pid | string | readonly [name: string, node: string];

/** Who called and waits: Erlang's `From`, a pid and a tag. */
export type From<R = unknown> = readonly [
  pid: Pid,
  tag: Ref & { readonly reply?: R },
];
