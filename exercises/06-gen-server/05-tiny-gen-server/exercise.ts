import {
  after,
  type ExitReason,
  type Pid,
  type Process,
  type Self,
  type Step,
} from "#runtime";

export interface Callbacks<S, A extends unknown[]> {
  init(
    self: Me,
    ...args: A
  ): readonly ["ok", state: S] | readonly ["stop", reason: ExitReason];
  handleCall(
    self: Me,
    state: S,
    request: unknown,
    from: From,
  ):
    | readonly ["reply", value: unknown, state: S]
    | readonly ["noreply", state: S]
    | readonly ["stop", reason: ExitReason, value: unknown, state: S];
  handleCast(
    self: Me,
    state: S,
    request: unknown,
  ): readonly ["noreply", state: S] | readonly ["stop", ExitReason, state: S];
}

export type Server = Pid<Wire>;
export type Me = Self<Wire>;
export type Started =
  | readonly ["ok", server: Server]
  | readonly ["error", reason: ExitReason];

/** Who waits for a reply. */
export type From = Pid<Wire>;

/** All that travels between servers and callers. */
export type Wire =
  | readonly [tag: "call", from: From, request: unknown]
  | readonly [tag: "cast", request: unknown]
  | readonly [tag: "reply", value: unknown];

// TODO(you): this works as long as nothing is late, and nobody dies.

/** Starts a server; gives its pid when init is done, or why it is not there. */
export function* start<S, A extends unknown[]>(
  self: Me,
  callbacks: Callbacks<S, A>,
  args: A,
): Step<Started> {
  return ["ok", self.spawn(serve<S, A>, callbacks, args)];
}

function* serve<S, A extends unknown[]>(
  self: Me,
  callbacks: Callbacks<S, A>,
  args: A,
): Process {
  const begin = callbacks.init(self, ...args);
  if (begin[0] === "stop") return self.exit(begin[1]);
  return loop(self, callbacks, begin[1]);
}

function* loop<S, A extends unknown[]>(
  self: Me,
  callbacks: Callbacks<S, A>,
  state: S,
): Process {
  return yield* self.receive<Process>({
    call(from, request) {
      const answer = callbacks.handleCall(self, state, request, from);
      if (answer[0] === "noreply") return loop(self, callbacks, answer[1]);
      if (answer[0] === "reply") {
        reply(self, from, answer[1]);
        return loop(self, callbacks, answer[2]);
      }
      return self.exit(answer[1]);
    },
    cast(request) {
      const answer = callbacks.handleCast(self, state, request);
      if (answer[0] === "stop") return self.exit(answer[1]);
      return loop(self, callbacks, answer[1]);
    },
  });
}

/** Asks, and gives the reply; exits with the reason if there will be none. */
export function* call(
  self: Me,
  server: Server,
  request: unknown,
  limitMs = 5_000,
): Step<unknown> {
  self.send(server, ["call", self.pid, request]);
  return yield* self.receive(
    { reply: (value) => value },
    after(limitMs, () => self.exit("timeout")),
  );
}

/** Answers a call whose clause has answered noreply. */
export function reply(self: Me, from: From, value: unknown): void {
  self.send(from, ["reply", value]);
}

/** Tells a server something, and goes on. */
export function cast(self: Me, server: Server, request: unknown): void {
  self.send(server, ["cast", request]);
}
