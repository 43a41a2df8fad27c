// Misconception: an EXIT that comes while I stop a child is the end of that child
// Caught by: the signal of a stranger is no order, and not the end of a child
import {
  type DownMessage,
  type ExitMessage,
  type ExitReason,
  type Pid,
  type Process,
  type Ref,
  type Self,
  type Step,
  when,
} from "#runtime";

/** A server's particular half; `"stop"` ends it with `"normal"`. */
export interface Callbacks<S> {
  init(self: Me): readonly ["ok", state: S] | readonly ["stop", ExitReason];
  handle(state: S, request: string): readonly [reply: unknown, S] | "stop";
  terminate(reason: ExitReason): void;
}

/** What a supervisor looks after, and when it starts it again. */
export interface Child {
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
export type Started = readonly ["ok", Server] | readonly ["error", ExitReason];
/** A request without a reference is a cast. */
export type Wire =
  | readonly [tag: "ask", request: string, from: Pid<Wire>, ref?: Ref]
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
  return yield* ready(self, self.spawnLink(serve<S>, self.pid, callbacks));
}

function* ready(self: Me, server: Server): Step<Started> {
  return yield* self.receive<Started>({
    started: () => ["ok", server],
    EXIT: when(
      (from: Pid) => from === server,
      (_from, ...[reason]: unknown[]) => ["error", reason] as const,
    ),
  });
}

function* serve<S>(
  self: Me,
  starter: Server,
  callbacks: Callbacks<S>,
): Process {
  const begin = callbacks.init(self);
  if (begin[0] === "stop") return self.exit(begin[1]);
  self.send(starter, ["started", self.pid]);
  let state = begin[1];
  for (;;) {
    const end = yield* self.receive<ExitReason>({
      ask(request, from, ref) {
        const answer = callbacks.handle(state, request);
        if (answer === "stop") return "normal";
        state = answer[1];
        if (ref) self.send(from, ["reply", ref, answer[0]]);
      },
      EXIT: (from, reason) => (from === starter ? reason : undefined),
    });
    if (end === undefined) continue;
    callbacks.terminate(end);
    return self.exit(end);
  }
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

type Pids = Map<Child, Pid | undefined>;

function* supervisor(
  self: Me,
  starter: Server,
  { intensity, periodMs }: Flags,
  children: readonly Child[],
): Process {
  self.trapExit(true);
  const pids: Pids = new Map();
  for (const child of children) {
    const started = yield* child.start(self);
    if (started[0] === "error") return stopAll(self, pids, "shutdown");
    pids.set(child, started[1]);
  }
  self.send(starter, ["started", self.pid]);
  for (let restarts = 0; ; ) {
    const [from, reason] = yield* self.receive<[Pid, ExitReason]>({
      forgive: () => [self.pid, "normal"],
      EXIT: (...end) => end,
    });
    if (from === self.pid) restarts--;
    if (from === starter) return stopAll(self, pids, reason);
    const dead = children.find((child) => pids.get(child) === from);
    if (!dead) continue;
    pids.set(dead, undefined);
    if (!isToReturn(dead, reason)) continue;
    if (restarts++ === intensity) return stopAll(self, pids, "shutdown");
    self.sendAfter(periodMs, self.pid, ["forgive"]);
    const again = yield* dead.start(self);
    if (again[0] === "error") return stopAll(self, pids, "shutdown");
    pids.set(dead, again[1]);
  }
}

function isToReturn({ restart }: Child, reason: ExitReason): boolean {
  if (restart !== "transient") return restart === "permanent";
  return reason !== "normal" && reason !== "shutdown";
}

function* stopAll(self: Me, pids: Pids, why: ExitReason): Process {
  for (const pid of [...pids.values()].reverse()) {
    if (!pid) continue;
    self.sendExit(pid, "shutdown");
    yield* self.receive({ EXIT: () => {} });
  }
  return self.exit(why);
}
