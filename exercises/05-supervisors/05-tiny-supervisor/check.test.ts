import { expect, test } from "vitest";
import {
  after,
  type DownMessage,
  type ExitMessage,
  type ExitReason,
  format,
  type Pid,
  type Self,
  type Step,
} from "#runtime";
import { type Run, trial } from "#runtime/testing";
import { type Start, tinySupervisor } from "./exercise.ts";

/** What was written down, and how the supervisor has ended, if it has. */
interface Outcome {
  readonly lines: readonly string[];
  readonly end: string;
  readonly trace: Run["trace"];
}

type Kill = (name: string, reason: ExitReason) => Step<void>;
const NAMES = ["a", "b", "c"];

/** A supervisor of a, b and c, to which something is done. */
function supervise(
  intensity: number,
  act: (self: Self<DownMessage>, kill: Kill, top: Pid) => Step<void>,
): Outcome {
  const lines: string[] = [];
  let end = "it has not ended";
  const body = function* main(self: Self<DownMessage>) {
    const [top] = self.spawnMonitor(
      tinySupervisor,
      NAMES.map((name) => startOf(name, lines)),
      intensity,
    );
    yield* self.sleep(10);
    const kill: Kill = function* kill(name, reason) {
      lines.push(`-- ${name} ends with ${format(reason)}`);
      const pid = self.whereis(name);
      if (pid) self.send(pid as Pid<["end", ExitReason]>, ["end", reason]);
      yield* self.sleep(100);
    };
    yield* act(self, kill, top);
    end = yield* self.receive(
      { DOWN: (_ref, _type, _pid, reason) => format(reason) },
      after(10_000, () => "it has not ended"),
    );
    lines.push(`-- at the end, the supervisor's end is: ${end}`);
  };
  const { trace, failure } = trial(body, { seed: 0, maxReductions: 20_000 });
  if (failure !== undefined) {
    end = failure;
    lines.push(`-- and then: ${end}`);
  }
  return { lines, end, trace };
}

/** A child that needs its time to stop, and writes down what it does. */
function startOf(name: string, lines: string[]): Start {
  return function start(self) {
    lines.push(`${name} is started`);
    const pid = self.spawnLink(function* child(
      it: Self<["end", ExitReason] | ExitMessage>,
    ) {
      it.trapExit(true);
      yield* it.receive({
        end: (reason) => it.exit(reason),
        *EXIT(_from, reason) {
          lines.push(`${name} is asked to stop: ${format(reason)}`);
          yield* it.sleep(name === "c" ? 3_000 : 20);
          lines.push(`${name} has stopped`);
          it.exit(reason);
        },
      });
    });
    if (self.whereis(name) === undefined) self.register(name, pid);
    return pid;
  };
}

/** What the children did, without what was done to them. */
function told({ lines }: Outcome, from = 0, to?: number): string {
  const deeds = lines.filter((line) => !line.startsWith("--"));
  return deeds.slice(from, to).join("; ");
}

function says(rule: string, { lines }: Outcome, look: string): string {
  const story = lines.slice(0, 30).map((line) => `  ${line}`);
  return `${rule}\n\nWhat happened:\n${story.join("\n")}\n\n${look}\n\nIn short`;
}

const STARTED = "a is started; b is started; c is started";
const stopped = (name: string) =>
  `${name} is asked to stop: "shutdown"; ${name} has stopped`;

/** Why a child was not started again, or another one was. */
function notAgain({ trace, end }: Outcome): string {
  const spawns = trace.filter((event) => event.kind === "spawn");
  if (spawns.some(({ label }) => label === "start")) {
    return "A start was spawned as if it were a body. It is called, start(self), and spawns the child itself.";
  }
  if (end !== "it has not ended" && end !== '"boom"') {
    return `The supervisor ended with ${end}. Does it wait for the news of a child? Without yield* it does not.`;
  }
  const top = spawns[1]?.pid;
  const news = trace.find(
    (event) => event.kind === "deliver" && event.to === top,
  );
  if (news?.kind === "deliver") {
    const isTaken = trace.some(
      (event) => event.kind === "receive" && event.message === news.message,
    );
    if (!isTaken) {
      return `${format(news.message)} came, and nobody took it. Does it wait, and is the clause named as the tag is?`;
    }
  } else if (end === '"boom"') {
    return "The supervisor has died of its child. A link ends both, unless one has asked that exit signals become messages.";
  }
  return "Look at which places of the list are started again. The second field of the message is the pid, and tells which child it was; the third is the reason.";
}

test("a child that ends is started again, alone", () => {
  const outcome = supervise(3, function* (_self, kill) {
    yield* kill("b", "boom");
  });
  expect(
    told(outcome, 0, 3),
    says(
      "a, b and c are started in this order.",
      outcome,
      "Each start of the list is called once, with the supervisor's self. It gives the pid of its child.",
    ),
  ).toBe(STARTED);
  expect(
    told(outcome, 3),
    says(
      "When b crashes, b is started again, and a and c are left alone.",
      outcome,
      notAgain(outcome),
    ),
  ).toBe("b is started");
});

/** Why a second end was not repaired: its reason, or the new pid. */
function secondEnd(): string {
  const crashed = supervise(3, function* (_self, kill) {
    yield* kill("b", "boom");
    yield* kill("b", "boom");
  });
  return told(crashed, 3) === "b is started; b is started"
    ? "A second crash would have been repaired, and a normal end was not. All children here are permanent: they come back whatever the reason was."
    : "The successor has ended, and nobody knew its pid. A child that is started again is another process with another pid, and that one has to stand in the place of the old one.";
}

test("a child is permanent, and so is whoever takes its place", () => {
  const outcome = supervise(3, function* (_self, kill) {
    yield* kill("b", "boom");
    yield* kill("b", "normal");
  });
  expect(
    told(outcome, 3),
    says(
      "b is started again after a crash, and its successor after a normal end.",
      outcome,
      secondEnd(),
    ),
  ).toBe("b is started; b is started");
});

/** Why the death after the last restart was not the end, or another one. */
function notOver(outcome: Outcome): string {
  if (outcome.end !== "it has not ended") {
    return "When no restart is left, its end has a reason of its own, not that of the child. A body that returns ends normally, and what is thrown is wrapped: self.exit ends with a reason as it is.";
  }
  return told(outcome, 5).startsWith("b is started")
    ? "A third restart was made. Restarts are counted for all children together, in the whole life of the supervisor: one is less left after each."
    : "No third restart was made, and it waits. For whose end? Only a child that is alive can be stopped; the one that has just died is not. And what stops one is an exit signal.";
}

test("restarts are counted, and one death more is the end", () => {
  const outcome = supervise(2, function* (_self, kill) {
    for (const name of ["a", "c", "b"]) yield* kill(name, "boom");
  });
  const restarted = told(outcome, 3).split("; ").slice(0, 2).join("; ");
  expect(
    restarted,
    says(
      "With an intensity of 2, two restarts are made: a, then c.",
      outcome,
      "The intensity is not the death that ends it. It is the number of restarts that are made, whoever they are for.",
    ),
  ).toBe("a is started; c is started");
  expect(
    outcome.end,
    says(
      'With an intensity of 2, the third death ends the supervisor with "shutdown".',
      outcome,
      notOver(outcome),
    ),
  ).toBe('"shutdown"');
});

/** Whether the children were asked to stop as they should be. */
function unasked(outcome: Outcome): string | undefined {
  const asked = told(outcome, 3);
  if (!asked.includes("asked to stop") && outcome.end !== "it has not ended") {
    return 'No child was asked to stop. One is asked by an exit signal with the reason "shutdown"; "kill" does not ask.';
  }
  const other = /asked to stop: (?!"shutdown")([^;]*)/.exec(asked);
  return other
    ? `A child was asked with ${other[1]}. To stop one is an exit signal with "shutdown", sent to it; what comes over the link of one who has ended is no more than the news of that.`
    : undefined;
}

test("before it gives up it stops the others, one after the other", () => {
  const outcome = supervise(0, function* (_self, kill) {
    yield* kill("b", "boom");
  });
  expect(
    told(outcome, 3),
    says(
      "When b's death is one too many, c is stopped first. When c has ended, a is stopped.",
      outcome,
      unasked(outcome) ??
        "The order matters: who was started later may need those before it until its own last moment. To send the signals in the right order is not enough, and the links of one who simply exits know no order at all. Wait for each before you ask the next.",
    ),
  ).toBe(`${stopped("c")}; ${stopped("a")}`);
});

test("told to stop, it stops its children and ends as it was told", () => {
  const outcome = supervise(3, function* (self, _kill, top) {
    self.sendExit(top, "closing");
    yield* self.sleep(10_000);
  });
  expect(
    told(outcome, 3),
    says(
      "An EXIT from somebody who is no child: c is stopped, then b, then a, each when the one before has ended.",
      outcome,
      unasked(outcome) ??
        "Not every EXIT is the end of a child. One who traps exits gets those of everybody, and has to look at the pid. Who is no child, a process above for instance, says by it that this one shall stop.",
    ),
  ).toBe(`${stopped("c")}; ${stopped("b")}; ${stopped("a")}`);
  expect(
    outcome.end,
    says(
      "The supervisor ends with the reason that it was given.",
      outcome,
      'Whoever has said "closing" waits for an end with "closing". Only one who has given up on its own ends with "shutdown".',
    ),
  ).toBe('"closing"');
});

test("an end that comes while it stops another is not taken for that one's", () => {
  const outcome = supervise(3, function* (self, kill, top) {
    self.sendExit(top, "closing");
    yield* self.sleep(10);
    yield* kill("a", "boom");
    yield* self.sleep(10_000);
  });
  expect(
    told(outcome, 3),
    says(
      "c is asked to stop, and needs its time. Meanwhile a ends by itself. b is asked when c has ended.",
      outcome,
      "An EXIT came while it waited for c, and it was that of a. Whose end it is, the pid says. What comes for another stays where it is until that one's turn.",
    ),
  ).toBe(`${stopped("c")}; ${stopped("b")}`);
});
