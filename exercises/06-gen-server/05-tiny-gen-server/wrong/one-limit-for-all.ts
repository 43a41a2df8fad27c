// Misconception: five seconds is the time limit of every call
// Caught by: a call is given up when its own time limit is over
import {
  after,
  type DownMessage,
  type ExitReason,
  matching,
  type Pid,
  type Process,
  type Ref,
  type Self,
  type Step,
  when,
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

/** Who waits for a reply: an address, and which question it was. */
export type From = readonly [to: Ref<Wire>, ref: Ref];

/** All that travels between servers, callers and starters. */
export type Wire =
  | readonly [tag: "call", from: From, request: unknown]
  | readonly [tag: "cast", request: unknown]
  | readonly [tag: "reply", ref: Ref, value: unknown]
  | readonly [tag: "started", server: Server]
  | DownMessage;

/** Starts a server; gives its pid when init is done, or why it is not there. */
export function* start<S, A extends unknown[]>(
  self: Me,
  callbacks: Callbacks<S, A>,
  args: A,
): Step<Started> {
  const [server, ref] = self.spawnMonitor(
    serve<S, A>,
    self.pid,
    callbacks,
    args,
  );
  const started = yield* self.receive<Started>({
    started: when(
      (from: Server) => from === server,
      () => ["ok", server] as const,
    ),
    DOWN: when(
      (which: Ref) => which === ref,
      (_ref, ...end: unknown[]) => ["error", end[2]] as const,
    ),
  });
  self.demonitor(ref, { flush: true });
  return started;
}

function* serve<S, A extends unknown[]>(
  self: Me,
  starter: Server,
  callbacks: Callbacks<S, A>,
  args: A,
): Process {
  const begin = callbacks.init(self, ...args);
  if (begin[0] === "stop") return self.exit(begin[1]);
  self.send(starter, ["started", self.pid]);
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
      reply(self, from, answer[2]);
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
  _limitMs = 5_000,
): Step<unknown> {
  const ref = self.monitor(server, { alias: "reply_demonitor" });
  self.send(server, ["call", [ref as Ref<Wire>, ref], request]);
  const value = yield* self.receive(
    matching<Wire, unknown>(ref, {
      reply: (_ref, value) => value,
      DOWN: (_ref, _type, _pid, reason) => self.exit(reason),
    }),
    after(5_000, () => {
      self.demonitor(ref, { flush: true });
      return self.exit("timeout");
    }),
  );
  self.demonitor(ref, { flush: true });
  return value;
}

/** Answers a call whose clause has answered noreply. */
export function reply(self: Me, [to, ref]: From, value: unknown): void {
  self.send(to, ["reply", ref, value]);
}

/** Tells a server something, and goes on. */
export function cast(self: Me, server: Server, request: unknown): void {
  self.send(server, ["cast", request]);
}
