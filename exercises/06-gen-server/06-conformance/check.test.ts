import { expect, test } from "vitest";
import {
  Exit,
  format,
  formatReport,
  type GenServer,
  genServer,
  isProcessAlive,
  type Protocol,
  type Report,
  type Self,
  type Step,
  supervisor,
} from "#runtime";
import {
  exchange,
  type Run,
  SimulationError,
  simulate,
} from "#runtime/testing";
import type { Callbacks, Child, Me, Server, Started } from "./exercise.ts";
import * as yours from "./exercise.ts";

type Kit = Pick<typeof yours, "startLink" | "call" | "cast" | "supervise">;

/** The runtime's own, in the same clothes: what is asked of yours it keeps. */
const ours: Kit = {
  *startLink(self, callbacks) {
    const server = asGenServer(callbacks as Callbacks<unknown>);
    return (yield* genServer.startLink(self, server, [])) as Started;
  },
  *call(self, server, request) {
    try {
      return yield* genServer.call(self, server as never, request as never);
    } catch (caught) {
      // OTP adds what was called; the reason stands in front of it.
      if (!(caught instanceof Exit)) throw caught;
      return self.exit((caught.reason as unknown[])[0]);
    }
  },
  cast(self, server, request) {
    genServer.cast(self, server as never, request as never);
  },
  *supervise(self, flags, children) {
    const specs = children.map(({ id, restart, start }) => ({
      id,
      restart,
      start: (it: Self<never>) => start(it as never),
    }));
    return (yield* supervisor.startLink(self, flags, specs)) as Started;
  },
};

function asGenServer<S>(callbacks: Callbacks<S>): GenServer<Protocol, S> {
  const me = (self: unknown) => self as Me;
  const call = (self: unknown, state: S) =>
    callbacks.handleCall(me(self), state, "count");
  const cast = (request: string) => (self: unknown, state: S) =>
    callbacks.handleCast(me(self), state, request);
  const casts = ["add", "crash", "finish"].map((one) => [one, cast(one)]);
  return {
    init: (self) => callbacks.init(me(self)),
    handleCall: { count: call },
    handleCast: Object.fromEntries(casts),
    handleInfo: { _: (_self: unknown, state: S) => ["noreply", state] },
    terminate: (self, reason, state) =>
      callbacks.terminate(me(self), reason, state),
  } as GenServer<Protocol, S>;
}

/** What a promise is tried in. */
interface Stage {
  readonly self: Me;
  readonly kit: Kit;
  note(line: string): void;
  /** Counts up; notes its start and its end, traps exits or not. */
  worker(id: string, traps?: boolean): Callbacks<number>;
  child(id: string, restart?: Child["restart"]): Child;
  /** The process that is this worker at the moment. */
  now(id: string): Server;
  /** Sends a cast to this worker and waits until it has had its effect. */
  tell(id: string, request: string): Step<void>;
}
type Scene = (stage: Stage) => Step<void>;

/** Plays a scene; the notes, and what happened. */
function play(
  kit: Kit,
  scene: Scene,
  seed: number,
): { notes: string; story: string } {
  const notes: string[] = [];
  const pids = new Map<string, Server>();
  const note = (line: string) => void notes.push(line);
  const worker = (id: string, traps = true): Callbacks<number> => ({
    init(self) {
      self.trapExit(traps);
      pids.set(id, self.pid);
      note(`${id} starts`);
      return ["ok", 0];
    },
    handleCall: (_self, count) => ["reply", count, count],
    handleCast(_self, count, request) {
      if (request === "crash") throw new Error("boom");
      if (request === "finish") return ["stop", "normal", count];
      return ["noreply", count + 1];
    },
    terminate(_self, reason) {
      // Whether a crash gets here is not asked of anybody.
      if (!(reason instanceof Error)) note(`${id} ends: ${reason}`);
    },
  });
  const child = (id: string, restart: Child["restart"] = "permanent") => ({
    id,
    restart,
    start: (self: Me) => kit.startLink(self, worker(id)),
  });
  const now = (id: string) => pids.get(id) as Server;
  const body = function* main(self: Self<never>) {
    self.spawn(function* tester(it: Me) {
      it.trapExit(true);
      const tell = function* (id: string, request: string): Step<void> {
        kit.cast(it, now(id), request);
        yield* it.sleep(10);
      };
      const stage = { self: it, kit, note, worker, child, now, tell };
      const end = yield* ending(scene(stage));
      if (end !== "went on") note(end);
      // It is the starter: its own end would be the end of what it started.
      yield* it.sleep(300_000);
    });
    yield* self.sleep(200_000);
  };
  const told = ({ trace, reports }: Run) => ({
    notes: notes.join("; "),
    story: [
      exchange(trace.filter((event) => event.kind !== "timeout")),
      ...reports.map((report) => `reported: ${inShort(report)}`),
    ].join("\n"),
  });
  try {
    return told(simulate(body, { seed, maxReductions: 5_000 }));
  } catch (error) {
    if (error instanceof SimulationError) return told(error.run);
    throw error;
  }
}

/** A report of the runtime: its title and its first line. */
function inShort(report: Report): string {
  const [title, first = ""] = formatReport(report).split("\n");
  return `${title} ${first.trim()}`;
}

function* ending(step: Step<unknown>): Step<string> {
  try {
    yield* step;
    return "went on";
  } catch (caught) {
    if (!(caught instanceof Exit)) return `threw ${format(caught)}`;
    const { reason } = caught;
    return `exit ${reason instanceof Error ? reason.message : format(reason)}`;
  }
}

const alive = (pid: Server) => (isProcessAlive(pid) ? "lives" : "is gone");

/** A promise, tried on the runtime's own first, and then on yours. */
function promise(
  name: string,
  scene: Scene,
  expected: string,
  look: string,
  schedules = 1,
): void {
  test(name, () => {
    for (let seed = 0; seed < schedules; seed++) {
      const control = play(ours, scene, seed);
      expect(
        control.notes,
        `The runtime's own has to keep it as well, or the check is wrong.\n\n${control.story}\n\nIn short`,
      ).toBe(expected);
      const { notes, story } = play(yours, scene, seed);
      expect(
        notes,
        `The promise: ${name}. The runtime's own keeps it.\n\nWhat happened with yours (schedule ${seed}):\n${story}\n\nWhat came of it: ${notes || "nothing"}\nWhat was to come: ${expected}\n\n${look}\n\nIn short`,
      ).toBe(expected);
    }
  });
}

promise(
  "a server answers calls and casts in their order",
  function* ({ self, kit, worker, note, now }) {
    yield* kit.startLink(self, worker("a"));
    kit.cast(self, now("a"), "add");
    kit.cast(self, now("a"), "add");
    note(`${yield* kit.call(self, now("a"), "count")}`);
    yield* self.sleep(10);
    kit.cast(self, now("a"), "finish");
    yield* self.sleep(10);
    note(`a ${alive(now("a"))}`);
  },
  "a starts; 2; a ends: normal; a is gone",
  "Look at which state the loop goes on with, and at what it does when a cast answers stop: terminate, then the end.",
);

promise(
  "startLink comes back when init is done, or with its reason",
  function* ({ self, kit, worker, note }) {
    note((yield* kit.startLink(self, worker("a")))[0]);
    const refusing = { ...worker("b"), init: () => ["stop", "no"] as const };
    note((yield* kit.startLink(self, refusing)).join(" "));
  },
  "a starts; ok; error no",
  "A start waits for a word from the new process, or for its end, whichever comes first.",
);

promise(
  "a call to a server that dies exits with the reason",
  function* ({ self, kit, worker, note, now, tell }) {
    yield* kit.startLink(self, worker("a"));
    const server = now("a");
    kit.cast(self, server, "crash");
    note(yield* ending(kit.call(self, server, "count")));
    yield* tell("a", "add");
    note(yield* ending(kit.call(self, server, "count")));
  },
  'a starts; exit boom; exit "noproc"',
  "A caller watches the server while it waits.",
);

promise(
  "a server ends with whoever has started it",
  function* ({ self, kit, worker, note, now }) {
    self.spawn(function* starter(it: Me) {
      yield* kit.startLink(it, worker("a", false));
      it.exit("over");
    });
    yield* self.sleep(10);
    note(`a ${alive(now("a"))}`);
  },
  "a starts; a is gone",
  "The starter has ended and the server lives on. That somebody has waited for it ties it to nobody. A link does, and it has to be there from the first moment: spawnLink.",
);

promise(
  "a server that traps exits terminates when its starter says so, and for nobody else",
  function* ({ self, kit, worker, note, now }) {
    yield* kit.startLink(self, worker("a"));
    self.spawn(function* stranger(it: Me) {
      it.sendExit(now("a"), "boo");
    });
    yield* self.sleep(10);
    note(`a ${alive(now("a"))}`);
    self.sendExit(now("a"), "shutdown");
    yield* self.sleep(10);
    note(`a ${alive(now("a"))}`);
  },
  "a starts; a lives; a ends: shutdown; a is gone",
  "For one that traps, a signal is a message like another, and it has to look at who it comes from. From its starter it is an order to stop: terminate, and end with that reason. From a stranger it is news.",
);

promise(
  "a supervisor starts its children in order, one after the other",
  function* ({ self, kit, child, note, now }) {
    const started = yield* kit.supervise(
      self,
      { intensity: 1, periodMs: 1_000 },
      [child("a"), child("b")],
    );
    note(started[0]);
    note(`${yield* kit.call(self, now("b"), "count")}`);
  },
  "a starts; b starts; ok; 0",
  "The supervisor says that it is ready when the last child has started.",
);

promise(
  "a child that has crashed is started again, and the others go on",
  function* ({ self, kit, child, note, now, tell }) {
    yield* kit.supervise(self, { intensity: 1, periodMs: 1_000 }, [
      child("a"),
      child("b"),
    ]);
    yield* tell("a", "add");
    yield* tell("b", "add");
    yield* tell("a", "crash");
    note(`a ${yield* kit.call(self, now("a"), "count")}`);
    note(`b ${yield* kit.call(self, now("b"), "count")}`);
  },
  "a starts; b starts; a starts; a 0; b 1",
  "The child that crashed comes back with a fresh state, and the other one keeps its own. A supervisor that does not trap exits dies with its first child; one that stops the others too takes from them what they knew.",
);

promise(
  "the restart type decides who is started again",
  function* ({ self, kit, child, note, tell }) {
    yield* kit.supervise(self, { intensity: 9, periodMs: 1_000 }, [
      child("always", "permanent"),
      child("at need", "transient"),
      child("once", "temporary"),
    ]);
    for (const id of ["always", "at need"]) yield* tell(id, "finish");
    note("all crash");
    yield* tell("always", "crash");
    yield* tell("once", "crash");
  },
  "always starts; at need starts; once starts; always ends: normal; always starts; at need ends: normal; all crash; always starts",
  "permanent comes back after any end, a normal one included; transient after a crash only; temporary never.",
);

promise(
  "a supervisor that is told to stop stops the last child first",
  function* ({ self, kit, child, note }) {
    const started = yield* kit.supervise(
      self,
      { intensity: 1, periodMs: 1_000 },
      [child("a"), child("b"), child("c")],
    );
    self.sendExit(started[1] as Server, "shutdown");
    yield* self.sleep(10);
    note(`the supervisor ${alive(started[1] as Server)}`);
  },
  "a starts; b starts; c starts; c ends: shutdown; b ends: shutdown; a ends: shutdown; the supervisor is gone",
  "What was started last may rely on what was started before, so it has to go first. Send shutdown to one, wait until it has gone, go on to the one before. Signals that are sent to all of them at once are obeyed in any order.",
  30,
);

promise(
  "one restart too many ends the supervisor and its children",
  function* ({ self, kit, child, note, tell }) {
    const started = yield* kit.supervise(
      self,
      { intensity: 2, periodMs: 1_000 },
      [child("a"), child("b")],
    );
    for (let i = 0; i < 3; i++) yield* tell("b", "crash");
    note(`the supervisor ${alive(started[1] as Server)}`);
  },
  "a starts; b starts; b starts; b starts; a ends: shutdown; the supervisor is gone",
  "Two restarts are borne within a second. The third crash is not: the supervisor stops the others, ends with shutdown, and lets those above it decide.",
);

promise(
  "restarts of long ago do not count",
  function* ({ self, kit, child, note, tell }) {
    const started = yield* kit.supervise(
      self,
      { intensity: 1, periodMs: 1_000 },
      [child("a")],
    );
    for (let i = 0; i < 3; i++) {
      yield* tell("a", "crash");
      yield* self.sleep(5_000);
    }
    note(`the supervisor ${alive(started[1] as Server)}`);
  },
  "a starts; a starts; a starts; a starts; the supervisor lives",
  "One restart a second is borne, and there were five seconds between the crashes. A restart counts for as long as the period lasts.",
);

promise(
  "a child that does not start leaves none of the others behind",
  function* ({ self, kit, child, worker, note }) {
    const refusing: Child = {
      ...child("b"),
      start: (it) =>
        kit.startLink(it, { ...worker("b"), init: () => ["stop", "no"] }),
    };
    const started = yield* kit.supervise(
      self,
      { intensity: 1, periodMs: 1_000 },
      [child("a"), refusing],
    );
    note(started[0]);
  },
  "a starts; a ends: shutdown; error",
  "Half a tree is no tree. If one child does not start, those before it are stopped, the last one first, and the start of the supervisor has failed.",
);
