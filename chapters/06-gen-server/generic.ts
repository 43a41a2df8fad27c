import {
  type DownMessage,
  matching,
  type Pid,
  type Process,
  type Ref,
  type Self,
  type Step,
} from "#runtime";
import type { Print } from "./counter.ts";
import { counter } from "./counter-callbacks.ts";

// #region wire
export type Request = string | readonly [operation: string, ...unknown[]];
export type From = readonly [to: Pid<Answer> | Ref<Answer>, ref: Ref];
export type Wire =
  | readonly [tag: "call", from: From, request: Request]
  | readonly [tag: "cast", request: Request];
export type Answer =
  | readonly [tag: "reply", ref: Ref, value: unknown]
  | DownMessage;
// #endregion

// #region callbacks
/** What one kind of server knows, and the generic part does not. */
export interface Callbacks<S> {
  readonly handleCall: Readonly<Record<string, Clause<S>>>;
  readonly handleCast: Readonly<Record<string, Clause<S>>>;
}
type Clause<S> = (self: never, state: S, ...fields: never[]) => Next<S>;
type Next<S> =
  | readonly ["reply", value: unknown, state: S]
  | readonly ["noreply", state: S]
  | readonly ["stop", reason: unknown, state: S];
// #endregion

// #region loop
export function* loop<S>(
  self: Self<Wire>,
  callbacks: Callbacks<S>,
  state: S,
): Process {
  const { handleCall, handleCast } = callbacks;
  const [answer, from] = yield* self.receive<[Next<S>, From?]>({
    call: (from, request) => [
      choose(self, handleCall, state, request, from),
      from,
    ],
    cast: (request) => [choose(self, handleCast, state, request)],
  });
  switch (answer[0]) {
    case "reply":
      if (from) self.send(from[0], ["reply", from[1], answer[1]]);
      return loop(self, callbacks, answer[2]);
    case "noreply":
      return loop(self, callbacks, answer[1]);
    case "stop":
      return self.exit(answer[1]);
  }
}
// #endregion

/** The clause for a request, called with the state and the fields. */
function choose<S>(
  self: Self<Wire>,
  clauses: Readonly<Record<string, Clause<S>>>,
  state: S,
  request: Request,
  ...from: From[]
): Next<S> {
  const [operation, ...fields] =
    typeof request === "string" ? [request] : request;
  const clause = clauses[operation];
  if (!clause) throw new Error(`No clause for "${operation}".`);
  return clause(self as never, state, ...([...fields, ...from] as never[]));
}

// #region client
export function* call(
  self: Self<Answer>,
  server: Pid<Wire>,
  request: Request,
): Step<unknown> {
  const ref = self.monitor(server);
  self.send(server, ["call", [self.pid, ref], request]);
  const value = yield* self.receive(
    matching<Answer, unknown>(ref, {
      reply: (_ref, value) => value,
      DOWN: (_ref, _type, _pid, reason) => self.exit(reason),
    }),
  );
  self.demonitor(ref, { flush: true });
  return value;
}

export function cast(
  self: Self<Answer>,
  server: Pid<Wire>,
  request: Request,
): void {
  self.send(server, ["cast", request]);
}
// #endregion

/** The counter of before, now without a loop of its own. */
export function* user(self: Self<Answer>, print: Print): Process {
  const server = self.spawn(loop<number>, counter, 0);
  yield* call(self, server, ["add", 3]);
  print(`The count is ${yield* call(self, server, ["add", 4])}.`);
  cast(self, server, "reset");
  print(`The count is ${yield* call(self, server, "count")}.`);
}
