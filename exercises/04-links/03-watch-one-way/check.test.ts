import { expect, test } from "vitest";
import {
  format,
  isProcessAlive,
  type Pid,
  type Process,
  processInfo,
  type Self,
} from "#runtime";
import { exchange, type Run, trial } from "#runtime/testing";
import { type Answer, ask, type ToAsker, type ToServer } from "./exercise.ts";

type Asker = Self<ToAsker>;
type Server = (self: Self<ToServer>) => Process;

interface Asked {
  readonly run: Run;
  readonly server: Pid | undefined;
  readonly asker: Pid | undefined;
  readonly answer: Answer | "none";
  /** What is in the asker's mailbox afterwards. */
  readonly left: readonly unknown[];
  readonly watches: number;
  readonly isServerAlive: boolean;
}

interface Circumstances {
  /** What the asker does before it asks. */
  readonly before?: (self: Asker, server: Pid<ToServer>) => Process;
  /** How long the asker lives once it has asked. */
  readonly killedAfterMs?: number;
}

/** Lets one process ask a server, and looks at both a minute later. */
function asking(body: Server, circumstances: Circumstances = {}): Asked {
  const { before, killedAfterMs } = circumstances;
  let answer: Answer | "none" = "none";
  let rest: Omit<Asked, "run" | "answer"> = {
    server: undefined,
    asker: undefined,
    left: [],
    watches: 0,
    isServerAlive: false,
  };
  const run = told(function* town(self: Self<never>) {
    const server = self.spawn(body);
    const client = self.spawn(function* asker(me: Asker): Process {
      if (before) yield* before(me, server);
      answer = yield* ask(me, server, "height");
      yield* me.sleep(120_000);
    });
    if (killedAfterMs !== undefined) {
      yield* self.sleep(killedAfterMs);
      self.sendExit(client, "kill");
    }
    yield* self.sleep(60_000);
    const info = processInfo(client);
    rest = {
      server,
      asker: client,
      left: info?.messages ?? [],
      watches: info?.monitors.length ?? 0,
      isServerAlive: isProcessAlive(server),
    };
  });
  return { run, answer, ...rest };
}

/** Going on for ever is a result too: the checks judge it. */
function told<M>(body: (self: Self<M>) => Process): Run {
  return trial(body, { seed: 0, maxReductions: 2_000 });
}

/** What a failing check says: the rule, the run, and where to look. */
function says(rule: string, done: Asked, look: string): string {
  return `${rule}\n\nWhat happened:\n${exchange(done.run.trace)}\n\nask gave: ${format(done.answer)}\n\n${look}\n\nIn short`;
}

function neither({ answer }: Asked, otherwise: string): string {
  const [tag] = Array.isArray(answer) ? answer : [];
  return tag === "ok" || tag === "error"
    ? otherwise
    : `ask gives a tuple, ["ok", answer] or ["error", reason], and ${format(answer)} is neither.`;
}

/** What became of the question, and of what came back, if ask still waits. */
function unanswered(done: Asked, otherwise: string): string {
  const { run, server, asker, left } = done;
  if (done.answer !== "none") return neither(done, otherwise);
  for (const event of run.trace) {
    if (event.kind === "exit" && event.pid === asker) {
      return `The asker has ended with ${format(event.reason)}. That there will be no answer is something that ask gives back. It ends nobody.`;
    }
    if (event.kind === "demonitor" && event.from === asker) {
      return "The monitor was removed while ask still waits. From then on nobody tells of the death.";
    }
    if (event.kind !== "send" || event.from !== asker) continue;
    const [tag, , from] = event.message as unknown[];
    if (tag === "ask" && from === asker && event.to === server) continue;
    return `${format(event.message)} was sent to ${event.to}. A question is ["ask", ref, self.pid, text], and goes to the server.`;
  }
  return left.length > 0
    ? `${format(left[0])} came, and no clause took it. A clause is named as the tag is, and is given the fields behind it. Which reference does it compare with which?`
    : otherwise;
}

/** Answers every question, and then does what `next` says. */
function answering(next?: (self: Self<ToServer>) => void): Server {
  return function* server(self): Process {
    yield* self.receive({
      ask: (ref, from, text) => self.send(from, ["reply", ref, `the ${text}`]),
    });
    next?.(self);
    return server(self);
  };
}

function* fragile(self: Self<ToServer>): Process {
  yield* self.receive({ ask: () => {} });
  yield* self.sleep(5_000);
  self.exit("hard question");
}

/** Somebody else's death, which the asker has asked to be told of. */
function* watchesAnother(self: Asker): Process {
  self.spawnMonitor(function* another(me: Self<never>) {
    me.exit("not your server");
  });
  yield* self.sleep(10);
}

const NO_ANSWER =
  "ask still waits, and will for ever. A dead process does not reply, and to send to one is no error. Somebody has to be told of the death while it waits.";

test("a living server's answer is given", () => {
  const done = asking(answering());
  expect(
    format(done.answer),
    says(
      "A server that lives answers, and ask gives what it says.",
      done,
      unanswered(
        done,
        "Look at the clause for the reply, and at the reference that it has to carry.",
      ),
    ),
  ).toBe('["ok", "the height"]');
});

test("a server that dies of the question is an error, with its reason", () => {
  const done = asking(fragile);
  expect(
    format(done.answer),
    says(
      "The server takes the question, thinks for five seconds, and dies of it.",
      done,
      unanswered(
        done,
        done.answer === "none"
          ? `${NO_ANSWER} To look beforehand whether the server is alive does not help: it was.`
          : "That is not what the server died of. A time limit cannot tell a dead server from a slow one, and does not know a reason. The message of a monitor knows: it is its last field.",
      ),
    ),
  ).toBe('["error", "hard question"]');
});

test("a server that was dead before is an error at once", () => {
  const done = asking(answering(), {
    *before(self, server) {
      self.sendExit(server, "kill");
      yield* self.sleep(10);
    },
  });
  expect(
    format(done.answer),
    says(
      'The server was dead before it was asked. That is ["error", "noproc"].',
      done,
      unanswered(
        done,
        done.answer === "none"
          ? NO_ANSWER
          : "A monitor of a process that is no more is answered at once, with a reason of its own. Pass it on.",
      ),
    ),
  ).toBe('["error", "noproc"]');
});

test("when the one who asked dies, the server goes on", () => {
  const slow: Server = function* server(self): Process {
    yield* self.receive({ ask: () => {} });
    yield* self.sleep(120_000);
  };
  const done = asking(slow, { killedAfterMs: 100 });
  expect(
    done.isServerAlive ? "the server lives" : "the server has died",
    says(
      "The one who asked dies while it waits. The server has other clients, and lives.",
      done,
      "The server died of a client's death. A link holds both ways. For the time of the question one client could take down the server of all. To be told, watching is enough.",
    ),
  ).toBe("the server lives");
});

test("nothing is left in the mailbox, and nothing is watched any more", () => {
  for (const end of [undefined, (self: Self<ToServer>) => self.exit("bye")]) {
    const done = asking(answering(end));
    expect(
      format(done.answer),
      says(
        "The server answers, even if it ends right afterwards.",
        done,
        "The reply came first. Is it the one that was taken?",
      ),
    ).toBe('["ok", "the height"]');
    expect(
      format(done.left),
      says(
        "The server has answered and then ended. When ask is done, its DOWN is not in the mailbox, today or later.",
        done,
        "A DOWN message was left behind for somebody who does not know what it is about. Stop watching when the answer is there. If the server ended before that, its DOWN is in the mailbox already, and stopping does not take it out, unless an option tells it to.",
      ),
    ).toBe("[]");
    expect(
      done.watches,
      says(
        "When ask is done, it watches nobody.",
        done,
        "The monitor is still there. It lasts until the other ends or until it is removed; an answer does not remove it.",
      ),
    ).toBe(0);
  }
});

test("the DOWN of somebody else is not taken for an answer", () => {
  const done = asking(answering(), { before: watchesAnother });
  expect(
    format(done.answer),
    says(
      "In the mailbox is the DOWN of another process, which the asker watches for reasons of its own. The server is alive, and answers.",
      done,
      "Somebody else's death was taken for the server's. Each monitor has a reference, and its DOWN carries it.",
    ),
  ).toBe('["ok", "the height"]');
  const reasons = done.left.map((message) => (message as unknown[])[4]);
  expect(
    format(reasons),
    says(
      "The other DOWN stays in the mailbox for the one who wants it.",
      done,
      "A message was taken that belongs to somebody else. A clause that looks at the reference first leaves alone what is not its own.",
    ),
  ).toBe('["not your server"]');
});

test("the reply to another question is not taken for an answer", () => {
  const done = asking(answering(), {
    *before(self) {
      self.send(self.pid, ["reply", self.makeRef(), "an older answer"]);
    },
  });
  expect(
    format(done.answer),
    says(
      "In the mailbox is a reply to a question that was asked before. The server replies to this one.",
      done,
      "A reply that came for another question was taken for this one's. The reference in it says which question it belongs to.",
    ),
  ).toBe('["ok", "the height"]');
  expect(
    done.left.length,
    says(
      "The other reply stays in the mailbox for the one who wants it.",
      done,
      "It was taken out. A clause that looks at the reference first leaves alone what is not its own.",
    ),
  ).toBe(1);
});
