// Misconception: signals that are sent in order are obeyed in that order
// Caught by: a supervisor that is told to stop stops the last child first
import {
  after,
  type DownMessage,
  type ExitMessage,
  type ExitReason,
  matching,
  type Pid,
  type Process,
  type Ref,
  type Self,
  type Step,
  when,
} from "#runtime";

/** A server's particular half. */
export interface Callbacks<S> {
  init(
    self: Me,
  ): readonly ["ok", state: S] | readonly ["stop", reason: ExitReason];
  handleCall(
    self: Me,
    state: S,
    request: string,
  ): readonly ["reply", value: unknown, state: S];
  handleCast(
    self: Me,
    state: S,
    request: string,
  ): readonly ["noreply", state: S] | readonly ["stop", ExitReason, state: S];
  /** Called when the server stops itself, or its starter ends or says so. */
  terminate(self: Me, reason: ExitReason, state: S): void;
}

/** What a supervisor looks after, and when it starts it again. */
export interface Child {
  readonly id: string;
  readonly restart: "permanent" | "transient" | "temporary";
  start(self: Me): Step<Started>;
}

/** So many restarts within so many milliseconds are borne. */
export interface Flags {
  readonly intensity: number;
  readonly periodMs: number;
}

export type Server = Pid<Wire>;
export type Me = Self<Wire>;
export type Started =
  | readonly ["ok", server: Server]
  | readonly ["error", reason: ExitReason];
export type Wire =
  | readonly [tag: "call", from: Ref<Wire>, request: string]
  | readonly [tag: "cast", request: string]
  | readonly [tag: "reply", ref: Ref, value: unknown]
  | readonly [tag: "started", server: Server]
  | readonly [tag: "forgive"]
  | DownMessage
  | ExitMessage;

/** Starts a server and links to it; comes back when its init is done. */
export function* startLink<S>(
  self: Me,
  callbacks: Callbacks<S>,
): Step<Started> {
  const server = self.spawnLink(serve<S>, self.pid, callbacks);
  return yield* ready(self, server);
}

/** Waits until the process has said that it is ready, or has ended. */
function* ready(self: Me, server: Server): Step<Started> {
  const ref = self.monitor(server);
  const answer = yield* self.receive<Started>({
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
  return answer;
}

/** A server's life: init, a word to the starter, the loop. */
function* serve<S>(
  self: Me,
  starter: Server,
  callbacks: Callbacks<S>,
): Process {
  const begin = callbacks.init(self);
  if (begin[0] === "stop") return self.exit(begin[1]);
  self.send(starter, ["started", self.pid]);
  return loop(self, starter, callbacks, begin[1]);
}

function* loop<S>(
  self: Me,
  starter: Server,
  callbacks: Callbacks<S>,
  state: S,
): Process {
  const end = (reason: ExitReason, last: S) => {
    callbacks.terminate(self, reason, last);
    return self.exit(reason);
  };
  return yield* self.receive<Process>({
    call(from, request) {
      const [, value, next] = callbacks.handleCall(self, state, request);
      self.send(from, ["reply", from, value]);
      return loop(self, starter, callbacks, next);
    },
    cast(request) {
      const answer = callbacks.handleCast(self, state, request);
      if (answer[0] === "stop") return end(answer[1], answer[2]);
      return loop(self, starter, callbacks, answer[1]);
    },
    EXIT(from, reason) {
      if (from === starter) return end(reason, state);
      return loop(self, starter, callbacks, state);
    },
  });
}

/** Asks, and gives the reply; exits with the reason if there will be none. */
export function* call(
  self: Me,
  server: Server,
  request: string,
): Step<unknown> {
  const ref = self.monitor(server, { alias: "reply_demonitor" });
  self.send(server, ["call", ref as Ref<Wire>, request]);
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

/** Tells a server something, and goes on. */
export function cast(self: Me, server: Server, request: string): void {
  self.send(server, ["cast", request]);
}

/** Starts a supervisor with its children and links to it. */
export function* supervise(
  self: Me,
  flags: Flags,
  children: readonly Child[],
): Step<Started> {
  const pid = self.spawnLink(supervisor, self.pid, flags, children);
  return yield* ready(self, pid);
}

type Running = readonly (readonly [child: Child, pid: Server])[];

function* supervisor(
  self: Me,
  starter: Server,
  flags: Flags,
  children: readonly Child[],
): Process {
  self.trapExit(true);
  let running: Running = [];
  for (const child of children) {
    const started = yield* child.start(self);
    if (started[0] === "error") return stopAll(self, running, "shutdown");
    running = [...running, [child, started[1]]];
  }
  self.send(starter, ["started", self.pid]);
  return watch(self, starter, flags, running, 0);
}

/** Waits for an end. `restarts` counts those of the last period. */
function* watch(
  self: Me,
  starter: Server,
  flags: Flags,
  running: Running,
  restarts: number,
): Process {
  return yield* self.receive<Process>({
    forgive: () => watch(self, starter, flags, running, restarts - 1),
    *EXIT(from, reason) {
      if (from === starter) return stopAll(self, running, reason);
      const dead = running.find(([, pid]) => pid === from);
      if (!dead) return watch(self, starter, flags, running, restarts);
      if (!isToReturn(dead[0], reason)) {
        const rest = running.filter((one) => one !== dead);
        return watch(self, starter, flags, rest, restarts);
      }
      const others = running.filter((one) => one !== dead);
      if (restarts === flags.intensity) {
        return stopAll(self, others, "shutdown");
      }
      const started = yield* dead[0].start(self);
      if (started[0] === "error") return stopAll(self, others, "shutdown");
      self.sendAfter(flags.periodMs, self.pid, ["forgive"]);
      const again = running.map((one) =>
        one === dead ? ([dead[0], started[1]] as const) : one,
      );
      return watch(self, starter, flags, again, restarts + 1);
    },
  });
}

function isToReturn({ restart }: Child, reason: ExitReason): boolean {
  const wasExpected = reason === "normal" || reason === "shutdown";
  return restart === "permanent" || (restart === "transient" && !wasExpected);
}

/** Stops the children, the last one first, and ends. */
function* stopAll(self: Me, running: Running, reason: ExitReason): Process {
  const refs = running.toReversed().map(([, pid]) => {
    self.sendExit(pid, "shutdown");
    return self.monitor(pid);
  });
  for (const ref of refs) {
    yield* self.receive(matching<Wire, void>(ref, { DOWN: () => {} }));
  }
  return self.exit(reason);
}
