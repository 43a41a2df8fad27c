import { expect, test } from "vitest";
import {
  after,
  type DownMessage,
  Exit,
  format,
  type GenServer,
  genServer,
  isProcessAlive,
  matching,
  type Self,
  type Step,
  supervisor,
  when,
} from "#runtime";
import { exchange, trial } from "#runtime/testing";
import type { Callbacks, Child, Me, Server, Started } from "./exercise.ts";
import * as yours from "./exercise.ts";

type Kit = Pick<typeof yours, "startLink" | "supervise">;

/** The runtime's own, in the same clothes: what is asked of yours it keeps. */
const ours: Kit = {
  *startLink(self, callbacks) {
    const server = asGenServer(callbacks);
    return (yield* genServer.startLink(self, server, [])) as Started;
  },
  *supervise(self, flags, children) {
    const specs = children.map(({ restart, start }, place) => ({
      id: `child ${place}`,
      restart,
      start: (it: Self<never>) => start(it as never),
    }));
    return (yield* supervisor.startLink(self, flags, specs)) as Started;
  },
};

function asGenServer<S>(
  callbacks: Callbacks<S>,
): GenServer<{ info: yours.Wire }, S> {
  return {
    init: (self) => callbacks.init(self),
    handleInfo: {
      ask(self, state, request, from, ref) {
        const answer = callbacks.handle(state, request);
        if (answer === "stop") return ["stop", "normal", state];
        if (ref) self.send(from, ["reply", ref, answer[0]]);
        return ["noreply", answer[1]];
      },
      _: (_self, state) => ["noreply", state],
    },
    terminate: (_self, reason) => callbacks.terminate(reason),
  };
}

interface Stage {
  readonly self: Me;
  readonly kit: Kit;
  note(line: string): void;
  worker(id: string, traps?: boolean): Callbacks<number>;
  child(id: string, restart?: Child["restart"]): Child;
  /** A supervisor that bears so many restarts in a second. */
  tree(intensity: number, ...children: Child[]): Step<Started>;
  now(id: string): Server;
  /** A cast to this worker, and the time to do what it says. */
  tell(id: string, request: "add" | "crash" | "stop"): Step<void>;
  count(id: string): Step<unknown>;
  /** Whether this one is gone, and with which reason its starter was told. */
  ended(pid: unknown): Step<string>;
}
type Scene = (stage: Stage) => Step<void>;

function stageFor(self: Me, theirs: Kit, note: Stage["note"]): Stage {
  const pids = new Map<string, Server>();
  const now = (id: string) => pids.get(id) as Server;
  /** What a start gives, if it is what a start has to give. */
  function* started(step: Step<Started>): Step<Started> {
    const given: unknown = yield* step;
    const [word] = Array.isArray(given) ? given : [];
    if (word === "ok" || word === "error") return given as Started;
    note(`the start gave ${format(given)}`);
    return ["error", "no start"];
  }
  const kit: Kit = {
    startLink: (it, callbacks) => started(theirs.startLink(it, callbacks)),
    supervise: (it, flags, children) =>
      started(theirs.supervise(it, flags, children)),
  };
  const isThere = (id: string) => {
    if (!pids.has(id)) note(`${id} was never started`);
    return pids.has(id);
  };
  const worker = (id: string, traps = true): Callbacks<number> => ({
    init(it) {
      it.trapExit(traps);
      pids.set(id, it.pid);
      note(`${id} starts`);
      return ["ok", 0];
    },
    handle(count, request) {
      if (request === "crash") throw new Error("boom");
      return request === "stop" ? "stop" : [count, count + 1];
    },
    terminate(reason) {
      // Whether a crash gets here is not asked of anybody.
      if (!(reason instanceof Error)) note(`${id} ends: ${reason}`);
    },
  });
  return {
    self,
    kit,
    note,
    now,
    worker,
    child: (id, restart = "permanent") => ({
      restart,
      start: (it) => kit.startLink(it, worker(id)),
    }),
    tree: (intensity, ...children) =>
      kit.supervise(self, { intensity, periodMs: 1_000 }, children),
    *tell(id, request) {
      if (!isThere(id)) return;
      self.send(now(id), ["ask", request, self.pid]);
      yield* self.sleep(10);
    },
    *count(id) {
      if (!isThere(id)) return;
      const ref = self.monitor(now(id));
      self.send(now(id), ["ask", "count", self.pid, ref]);
      return yield* self.receive(
        matching<yours.Wire | DownMessage, unknown>(ref, {
          reply: (_ref, value) => value,
          DOWN: (_ref, _type, _pid, reason) => `no ${format(reason)}`,
        }) as never,
      );
    },
    *ended(pid) {
      const reason = yield* self.receive(
        {
          EXIT: when(
            (from: unknown) => from === pid,
            (_from: unknown, ...[why]: unknown[]) => why,
          ),
        } as never,
        after(0, () => "no EXIT of it"),
      );
      return `${alive(pid)}, ${reason}`;
    },
  };
}

/** Plays a scene; the notes, and what happened. */
function play(kit: Kit, scene: Scene, seed: number) {
  const notes: string[] = [];
  const note = (line: string) => void notes.push(line);
  const body = function* main(self: Self<never>) {
    self.spawn(function* tester(it: Me) {
      it.trapExit(true);
      try {
        yield* scene(stageFor(it, kit, note));
      } catch (caught) {
        if (!(caught instanceof Exit)) throw caught;
        note(`exited with ${format(caught.reason)}`);
      }
      // It is the starter: its own end would be the end of what it started.
      yield* it.sleep(300_000);
    });
    yield* self.sleep(200_000);
  };
  const { trace } = trial(body, { seed, maxReductions: 5_000 });
  return { notes: notes.join("; "), trace };
}

/** The first of twenty schedules that goes otherwise; else the last of them. */
function first(kit: Kit, scene: Scene, expected: string) {
  let seed = 0;
  let { notes, trace } = play(kit, scene, seed);
  while (notes === expected && seed < 19) {
    ({ notes, trace } = play(kit, scene, ++seed));
  }
  const shown = trace.filter((event) => event.kind !== "timeout");
  return { notes, story: exchange(shown), seed };
}

const alive = (pid: unknown) =>
  isProcessAlive(pid as Server) ? "lives" : "is gone";

/** A promise, tried on the runtime's own first, and then on yours. */
function promise(
  name: string,
  scene: Scene,
  expected: string,
  look: string | ((notes: string) => string),
): void {
  test(name, () => {
    const control = first(ours, scene, expected);
    expect(
      control.notes,
      `The runtime's own has to keep it as well, or the check is wrong.\n\n${control.story}\n\nIn short`,
    ).toBe(expected);
    const { notes, story, seed } = first(yours, scene, expected);
    expect(
      notes,
      `The promise: ${name}. The runtime's own keeps it.\n\nWhat happened with yours (schedule ${seed}):\n${story}\n\nWhat came of it: ${notes || "nothing"}\nWhat was to come: ${expected}\n\n${notStarted(notes) ?? (typeof look === "string" ? look : look(notes))}\n\nIn short`,
    ).toBe(expected);
  });
}

/** What is wrong with a start, before anything is asked of what it starts. */
function notStarted(notes: string): string | undefined {
  if (notes.includes("the start gave")) {
    return 'A start gives ["ok", pid] or ["error", reason], as ready does. Is that returned, and is there a yield* before it?';
  }
  return notes.includes("was never started")
    ? "A child's start is a step: it does nothing until it is run, yield* child.start(self). The supervisor has started when its children have."
    : undefined;
}

promise(
  "a server ends with whoever has started it",
  function* ({ kit, self, worker, note, now }) {
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
  "startLink comes back when init is done, or with its reason",
  function* ({ kit, self, worker, note }) {
    note((yield* kit.startLink(self, worker("a")))[0]);
    const refusing = { ...worker("b"), init: () => ["stop", "no"] as const };
    note((yield* kit.startLink(self, refusing)).join(" "));
  },
  "a starts; ok; error no",
  "A start waits for a word from the new process, or for its end, whichever comes first.",
);

promise(
  "a server that traps exits terminates when its starter says so, and for nobody else",
  function* ({ kit, self, worker, note, now, ended }) {
    yield* kit.startLink(self, worker("a"));
    self.spawn(function* stranger(it: Me) {
      it.sendExit(now("a"), "boo");
    });
    yield* self.sleep(10);
    note(`a ${alive(now("a"))}`);
    self.sendExit(now("a"), "shutdown");
    yield* self.sleep(10);
    note(`a ${yield* ended(now("a"))}`);
  },
  "a starts; a lives; a ends: shutdown; a is gone, shutdown",
  (notes) =>
    notes.includes("a is gone, ") && notes.includes("a lives")
      ? "It ends when its starter says so, and not as it should: first terminate, which is given the reason, then the end with the same reason."
      : notes.includes("a lives")
        ? "Its starter has told it to stop, and it goes on. To one that traps, an order comes as EXIT, with the pid of who has sent it and the reason."
        : "For one that traps, a signal is a message like another, and it has to look at who it comes from. From its starter it is an order to stop: terminate, and end with that reason. From a stranger it is news.",
);

promise(
  "a child that has crashed is started again, and the others go on",
  function* ({ tree, child, tell, count, note }) {
    note((yield* tree(1, child("a"), child("b")))[0]);
    yield* tell("a", "add");
    yield* tell("b", "add");
    yield* tell("a", "crash");
    note(`a ${yield* count("a")}`);
    note(`b ${yield* count("b")}`);
  },
  "a starts; b starts; ok; a starts; a 0; b 1",
  (notes) =>
    notes.includes("b ends")
      ? "One restart is borne, and it gave up at the first crash, or stopped the other as well. The child that crashed is started again, and the others are left alone."
      : notes.endsWith("b 1") && !notes.includes("ok; a starts")
        ? "b goes on, and a is not there again. Its end comes as EXIT, with the pid of who has ended. Its start is a step: yield* runs it."
        : "The child that crashed comes back with a fresh state, and the other one keeps its own. A supervisor that does not trap exits dies with its first child; one that stops the others too takes from them what they knew.",
);

promise(
  "the restart type decides who is started again",
  function* ({ kit, self, tree, child, worker, now, tell, note }) {
    yield* tree(
      9,
      // This one does not trap, so that a signal can be its end.
      {
        restart: "transient",
        start: (it) => kit.startLink(it, worker("quiet", false)),
      },
      child("always", "permanent"),
      child("at need", "transient"),
      child("once", "temporary"),
    );
    yield* tell("at need", "crash");
    yield* tell("always", "stop");
    yield* tell("at need", "stop");
    self.sendExit(now("quiet"), "shutdown");
    yield* self.sleep(10);
    note("crashes");
    yield* tell("always", "crash");
    yield* tell("once", "crash");
  },
  "quiet starts; always starts; at need starts; once starts; at need starts; always ends: normal; always starts; at need ends: normal; crashes; always starts",
  "permanent comes back after any end, a normal one included; temporary never; transient after a crash, and neither after normal nor after shutdown. Each time it is another process, with another pid.",
);

promise(
  "a supervisor ends with whoever has started it",
  function* ({ kit, self, child, note }) {
    let pid: unknown;
    self.spawn(function* starter(it: Me) {
      const flags = { intensity: 1, periodMs: 1_000 };
      [, pid] = yield* kit.supervise(it, flags, [child("a")]);
      it.exit("over");
    });
    yield* self.sleep(10);
    note(`the supervisor ${alive(pid)}`);
  },
  "a starts; a ends: shutdown; the supervisor is gone",
  "The starter has ended, and nobody is above the supervisor any more. The link tells it, with an EXIT of the starter: it stops its children, and ends too.",
);

promise(
  "a supervisor that is told to stop stops the last child first",
  function* ({ tree, child, self, note, ended }) {
    const [, pid] = yield* tree(1, child("a"), child("b"), child("c"));
    self.sendExit(pid as Server, "closing");
    yield* self.sleep(10);
    note(`the supervisor ${yield* ended(pid)}`);
  },
  "a starts; b starts; c starts; c ends: shutdown; b ends: shutdown; a ends: shutdown; the supervisor is gone, closing",
  (notes) =>
    notes.includes("the supervisor lives")
      ? "Its starter has told it to stop, and it is still there. To one that traps, an order comes as EXIT, with the pid of who has sent it. And who waits for the end of a child has to be told of that end."
      : !notes.includes("ends:")
        ? "The children were not asked to stop. Each is sent shutdown; kill is nothing that a child could hear."
        : /c ends.*b ends.*a ends/.test(notes)
          ? "The children are stopped in order, each with shutdown. The supervisor itself ends with the reason that it was given."
          : "What was started last may rely on what was started before, so it has to go first. Send shutdown to one, wait until it has gone, go on to the one before. Signals that are sent to all of them at once are obeyed in any order.",
);

promise(
  "the signal of a stranger is no order, and not the end of a child",
  function* ({ tree, child, self, note, ended }) {
    const [, pid] = yield* tree(1, child("a"), child("b"), child("c"));
    self.sendExit(pid as Server, "closing");
    for (let i = 0; i < 3; i++) {
      self.spawn(function* stranger(it: Me) {
        it.sendExit(pid as Server, "boo");
      });
    }
    yield* self.sleep(10);
    note(`the supervisor ${yield* ended(pid)}`);
  },
  "a starts; b starts; c starts; c ends: shutdown; b ends: shutdown; a ends: shutdown; the supervisor is gone, closing",
  (notes) =>
    notes.endsWith("closing")
      ? "While the supervisor waited for the end of a child, a stranger sent it a signal, and it went on to the next child. An EXIT of anybody is not the end of that one: look at the pid."
      : "The order came from its starter, with the reason closing, and strangers sent it another signal. Theirs are no orders, before it stops and while it does.",
);

promise(
  "one restart too many ends the supervisor and its children",
  function* ({ tree, child, tell, note, ended }) {
    const [, pid] = yield* tree(2, child("a"), child("b"));
    for (let i = 0; i < 3; i++) yield* tell("b", "crash");
    note(`the supervisor ${yield* ended(pid)}`);
  },
  "a starts; b starts; b starts; b starts; a ends: shutdown; the supervisor is gone, shutdown",
  "Two restarts are borne within a second. The third crash is not: the supervisor stops the others, ends with shutdown, and lets those above it decide.",
);

promise(
  "restarts of long ago do not count",
  function* ({ tree, child, tell, self, note }) {
    const [, pid] = yield* tree(1, child("a"));
    for (let i = 0; i < 3; i++) {
      yield* tell("a", "crash");
      yield* self.sleep(5_000);
    }
    note(`the supervisor ${alive(pid)}`);
  },
  "a starts; a starts; a starts; a starts; the supervisor lives",
  "One restart a second is borne, and there were five seconds between the crashes. A restart counts for as long as the period lasts. A timer of one's own tells when it is over; Date.now tells another time.",
);

promise(
  "a child that does not start leaves none of the others behind",
  function* ({ kit, tree, child, worker, note }) {
    const refusing: Child = {
      restart: "permanent",
      start: (it) =>
        kit.startLink(it, { ...worker("b"), init: () => ["stop", "no"] }),
    };
    note((yield* tree(1, child("a"), refusing))[0]);
  },
  "a starts; a ends: shutdown; error",
  "Half a tree is no tree. If one child does not start, those before it are stopped, the last one first, and the start of the supervisor has failed.",
);
