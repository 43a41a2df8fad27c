import { expect, test } from "vitest";
import { format, type Pid, type Process, type Self } from "#runtime";
import { exchange, type Run, trial } from "#runtime/testing";
import { keeper } from "./exercise.ts";

interface Kept {
  readonly run: Run;
  readonly pid: Pid | undefined;
  /** How often a worker was started. */
  readonly starts: number;
  /** How many of them were alive at the same time, at most. */
  readonly atOnce: number;
  readonly workersLeft: number;
  /** The keeper's reason, or "not at all". */
  readonly ended: string;
}

interface Circumstances {
  readonly restarts: number;
  /** What happens 5 ms after the start, when the first worker is at work. */
  readonly meanwhile?: (self: Self<never>, keeper: Pid) => void;
}

/**
 * Keeps a worker whose lives end with `reasons`, one after the other, 10 ms
 * each. If it is started more often than that, it does not end any more.
 */
function keeping(
  reasons: readonly unknown[],
  { restarts, meanwhile }: Circumstances,
): Kept {
  let pid: Pid | undefined;
  let life = 0;
  function* worker(self: Self<never>): Process {
    const mine = life++;
    if (mine >= reasons.length) yield* self.sleep(3_600_000);
    yield* self.sleep(10);
    const reason = reasons[mine];
    if (reason instanceof Error) throw reason;
    if (reason !== "normal") self.exit(reason);
  }
  const run = told(function* owner(self: Self<never>) {
    pid = self.spawn(keeper, worker, restarts);
    yield* self.sleep(5);
    meanwhile?.(self, pid);
    yield* self.sleep(60_000);
  });
  const workers = new Set<Pid>();
  let [starts, atOnce] = [0, 0];
  let ended = "not at all";
  for (const event of run.trace) {
    if (event.kind === "spawn" && event.parent === pid) {
      workers.add(event.pid);
      starts++;
      atOnce = Math.max(atOnce, workers.size);
    } else if (event.kind === "exit") {
      workers.delete(event.pid);
      if (event.pid === pid) ended = format(event.reason);
    }
  }
  return { run, pid, starts, atOnce, ended, workersLeft: workers.size };
}

/** Going on for ever is a result too: the checks judge it. */
function told<M>(body: (self: Self<M>) => Process): Run {
  return trial(body, { seed: 0, maxReductions: 2_000 });
}

/** What a failing check says: the rule, the run, and where to look. */
function says(rule: string, done: Kept, look: string): string {
  return `${rule}\n\nWhat happened:\n${exchange(done.run.trace)}\n\nWorkers started: ${done.starts}. The keeper ended: ${done.ended}\n\n${look}\n\nIn short`;
}

/** Why the worker was not started again after a crash. */
function notAgain({ run, pid, ended }: Kept): string {
  if (ended === '"normal"') {
    return "The keeper took the crash for the end of its work, and returned. Which reasons are a crash, and where does it go on after one?";
  }
  if (ended !== "not at all") {
    return "The keeper has ended. Did it die of its worker? The death of another process is no exception, and no catch sees it. A process that is to survive has to have said so before.";
  }
  const took = (message: unknown) =>
    run.trace.some(
      (event) => event.kind === "receive" && event.message === message,
    );
  const came = run.trace.filter(
    (event) => event.kind === "deliver" && event.to === pid,
  );
  for (const event of came) {
    if (event.kind !== "deliver" || took(event.message)) continue;
    return `${format(event.message)} came, and no clause took it. A clause is named as the tag is, and is given the fields behind it. Whose pid does it ask for?`;
  }
  return came.length === 0
    ? "The keeper lives and does nothing, for no message has come. It hears only of those that it is linked to."
    : "The keeper lives and does nothing. Look at what it does with the EXIT message, and whether it waits for the next one after that.";
}

test("a worker that crashes is started again", () => {
  const crashes = [
    ["boom"],
    ["boom", ["nocatch", "ball"]],
    [new Error("boom")],
  ];
  for (const reasons of crashes) {
    const done = keeping(reasons, { restarts: 5 });
    expect(
      done.starts,
      says(
        `The worker crashes ${reasons.length === 1 ? "once" : "twice"} and is started again each time. Then it goes on working.`,
        done,
        notAgain(done),
      ),
    ).toBe(reasons.length + 1);
    expect(
      done.atOnce,
      says(
        "There is one worker at a time.",
        done,
        "Two were alive at once. Start the next one when the one before has ended, and not otherwise.",
      ),
    ).toBe(1);
  }
});

test("a worker that ends normally is not started again", () => {
  const done = keeping(["boom", "normal"], { restarts: 5 });
  expect(
    done.starts,
    says(
      "The worker crashes once, and in its second life it ends normally. It has done its work.",
      done,
      'It was started again although it was done. The reason tells the two apart: "normal" is the one end that is no failure. Is it the reason that is looked at? In the EXIT message it stands behind the pid.',
    ),
  ).toBe(2);
  expect(
    done.ended,
    says(
      "With its worker done, the keeper is done, and ends normally.",
      done,
      "There is nothing left to keep. A body that returns ends normally.",
    ),
  ).toBe('"normal"');
});

test("when the restarts are used up, the keeper ends with the worker's reason", () => {
  const reasons = ["boom 1", "boom 2", "boom 3", "boom 4", "boom 5"];
  for (const restarts of [2, 0]) {
    const done = keeping(reasons, { restarts });
    const lives = restarts + 1;
    expect(
      done.starts,
      says(
        `The worker crashes again and again. With ${restarts} restarts allowed it is started ${lives} times in all.`,
        done,
        done.starts > lives
          ? "It was started too often. What crashes at once each time will do so for ever, and a keeper that never gives up hides that from everybody. Is a restart less left after each?"
          : "It was started too seldom. The first start is no restart: with none left it may still be running, and only its next crash is one too many.",
      ),
    ).toBe(lives);
    expect(
      done.ended,
      says(
        "The keeper cannot help any more. It ends with the reason of the last crash, so that those who are linked to it learn of it.",
        done,
        done.ended === '"normal"'
          ? 'The keeper has ended "normal", which over a link means nothing: those above it believe that all is well.'
          : done.ended.includes("nocatch")
            ? 'What is thrown is wrapped in ["nocatch", …]: it is a mistake that nobody caught. self.exit ends with the reason as it is.'
            : "Which reason did it end with? The last EXIT message has it.",
      ),
    ).toBe(`"boom ${lives}"`);
  }
});

test("a stranger's EXIT starts nothing and ends nothing", () => {
  for (const reason of ["boom", "normal"]) {
    const done = keeping([], {
      restarts: 5,
      meanwhile: (self, pid) => {
        const fake: unknown = ["EXIT", self.pid, reason];
        self.send(pid, fake as never);
      },
    });
    expect(
      [done.starts, done.ended],
      says(
        `The worker is at work. A stranger sends ["EXIT", itself, "${reason}"]. The keeper keeps the one worker that it has.`,
        done,
        "The keeper believed a stranger. The pid in the message says who has ended. If that is not the worker that was started last, nothing has happened to the worker.",
      ),
    ).toEqual([1, "not at all"]);
  }
});

test("when the keeper is ended, its worker ends too", () => {
  const done = keeping([], {
    restarts: 5,
    meanwhile: (self, pid) => self.sendExit(pid, "kill"),
  });
  expect(
    done.workersLeft,
    says(
      "The keeper is killed while its worker is at work. The worker must not be left behind.",
      done,
      "The worker goes on alone. When somebody starts a new keeper, there will be two workers. Watching tells the one who watches; it does not hold the other. A link does both.",
    ),
  ).toBe(0);
});
