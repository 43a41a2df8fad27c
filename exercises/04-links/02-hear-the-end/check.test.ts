import { expect, test } from "vitest";
import { format, type Pid, type Process, type Self } from "#runtime";
import { exchange, type Run, trial } from "#runtime/testing";
import { chronicler, type Ended, type Worker } from "./exercise.ts";

type Workers = Readonly<Record<string, Worker>>;
type Host = Self<Ended>;

interface Chronicle {
  readonly run: Run;
  readonly pid: Pid | undefined;
  /** What was told, in its order: the name and the reason. */
  readonly told: readonly string[];
  readonly isAlive: boolean;
  readonly ended: string;
  readonly workersLeft: readonly string[];
}

const nothingElse = (): void => {};

/** Lets `workers` be started, and something else happen after 10 ms. */
function chronicle(
  workers: Workers,
  meanwhile: (self: Host, pid: Pid) => void = nothingElse,
): Chronicle {
  let pid: Pid | undefined;
  let to: Pid<Ended> | undefined;
  const run = told(function* host(self: Host) {
    to = self.pid;
    pid = self.spawn(chronicler, workers, self.pid);
    yield* self.sleep(10);
    meanwhile(self, pid);
    yield* self.sleep(10_000);
  });
  const ends = run.trace.filter((event) => event.kind === "exit");
  const end = ends.find((event) => event.pid === pid);
  return {
    run,
    pid,
    isAlive: end === undefined,
    ended: end ? format(end.reason) : "not at all",
    told: run.trace.flatMap((event) => {
      if (event.kind !== "send" || event.from !== pid || event.to !== to) {
        return [];
      }
      const [tag, name, reason] = event.message as Ended;
      return tag === "ended" ? [`${name}: ${format(reason)}`] : [];
    }),
    workersLeft: run.trace.flatMap((event) =>
      event.kind === "spawn" &&
      event.parent === pid &&
      !ends.some((one) => one.pid === event.pid)
        ? [event.label]
        : [],
    ),
  };
}

/** Going on for ever is a result too: the checks judge it. */
function told<M>(body: (self: Self<M>) => Process): Run {
  return trial(body, { seed: 0, maxReductions: 2_000 });
}

/** What a failing check says: the rule, the run, and where to look. */
function says(rule: string, done: Chronicle, look: string): string {
  return `${rule}\n\nWhat happened:\n${exchange(done.run.trace)}\n\nTold: ${done.told.slice(0, 5).join(", ") || "nothing"}\nIt ended: ${done.ended}\n\n${look}\n\nIn short`;
}

/** Where the news of an end was lost on its way. */
function lost({ run, pid }: Chronicle): string {
  const sent = run.trace.find(
    (event) => event.kind === "send" && event.from === pid,
  );
  if (sent?.kind === "send") {
    return `It sent ${format(sent.message)} to ${sent.to}. What is wanted is ["ended", name, reason], sent to the pid that it was given as \`to\`.`;
  }
  const taken = run.trace.find(
    (event) => event.kind === "receive" && event.pid === pid,
  );
  if (taken?.kind === "receive") {
    return `It took ${format(taken.message)} and told nobody of it. A clause is given the fields behind the tag, in their order. Whose pid is it, and what name belongs to it?`;
  }
  const came = run.trace.find(
    (event) => event.kind === "deliver" && event.to === pid,
  );
  return came?.kind === "deliver"
    ? `${format(came.message)} came, and nobody took it. Does it wait, and is the clause named as the tag is?`
    : "No message of an end has come. It hears only of those that it is linked to.";
}

/** Why it has ended with Ann's reason. */
function died({ run, pid }: Chronicle): string {
  return run.trace.some(
    (event) => event.kind === "receive" && event.pid === pid,
  )
    ? "It took the message of Ann's end, and then ended itself with her reason. Here an end is told, and nothing else is done about it."
    : "It died of Ann's reason. An exit signal is no exception: it does not pass through a try, and no catch sees it. A process has to have said beforehand that it wants messages instead.";
}

/** One that works for `ms` milliseconds and then ends with `reason`. */
function* work(self: Self<never>, ms: number, reason: unknown): Process {
  yield* self.sleep(ms);
  self.exit(reason);
}

test("it lives on when a worker crashes, and tells of it", () => {
  const done = chronicle({
    ann: (self) => work(self, 20, "boom"),
    bob: (self) => work(self, 5_000, "bye"),
  });
  expect(
    done.told[0] ?? "nothing told",
    says(
      'Ann ends with "boom" after 20 ms. That is told at once.',
      done,
      done.ended === '"boom"' ? died(done) : lost(done),
    ),
  ).toBe('ann: "boom"');
  expect(
    done.told,
    says(
      'After Ann, Bob ends with "bye". That is told as well.',
      done,
      done.told.length > 1
        ? "Each end is told once, under the worker's own name. Are they started once?"
        : done.ended === '"boom"'
          ? "It told of an end and died of it. What keeps the signal of a linked process from ending this one?"
          : done.isAlive
            ? "It told of one end and of no other. Where does it go on after the first?"
            : "It told of one end and was done. There are as many ends to wait for as workers.",
    ),
  ).toEqual(['ann: "boom"', 'bob: "bye"']);
});

test("each end is told with its own name and reason", () => {
  const done = chronicle({
    ann: (self) => work(self, 50, "late"),
    bob: (self) => work(self, 20, ["early", 20]),
  });
  expect(
    done.told,
    says(
      "Ann is started first and ends last. Each is told when it ends, with its own reason.",
      done,
      done.told.some((one) => one.startsWith("ann")) &&
        done.told[0]?.startsWith("bob")
        ? "A reason need not be a text. Pass it on as it came."
        : "The names are mixed up. The EXIT message says who has ended: its second field is the pid. The order in which they were started says nothing about it.",
    ),
  ).toEqual(['bob: ["early", 20]', 'ann: "late"']);
});

test("a worker that ends normally is told of as well", () => {
  const done = chronicle({ ann() {}, bob: (self) => work(self, 20, "boom") });
  expect(
    done.told,
    says(
      "Ann has nothing to do and ends normally. Bob crashes. Both ends are told.",
      done,
      'Over a link "normal" harms nobody. One who traps exits hears of it all the same, with the reason "normal". Is it passed on?',
    ),
  ).toEqual(['ann: "normal"', 'bob: "boom"']);
});

test("a stranger's word is not taken for an end", () => {
  const done = chronicle(
    { ann: (self) => work(self, 50, "boom") },
    (self, pid) => {
      const fake: unknown = ["EXIT", self.pid, "lie"];
      self.send(pid, fake as never);
    },
  );
  expect(
    done.told,
    says(
      'A stranger sends ["EXIT", itself, "lie"]. It is none of the workers, so nothing is told of it. Ann\'s end, later, is told.',
      done,
      done.told.length === 0
        ? "Nothing was told, but the lie was counted as one of the ends to wait for. Count, or cross off, only those who have been started here."
        : "An EXIT message is a message, and anybody can write one. Before it is believed, look at the pid: is it one of those that were started here?",
    ),
  ).toEqual(['ann: "boom"']);
});

test("when all have ended it ends too, normally", () => {
  const crews: Workers[] = [
    {},
    { ann: (self) => work(self, 5, "boom"), bob() {} },
  ];
  for (const workers of crews) {
    const done = chronicle(workers);
    expect(
      done.ended,
      says(
        `With ${Object.keys(workers).length} workers, all of whom have ended, nothing is left to tell.`,
        done,
        done.isAlive
          ? "It waits for an end that cannot come any more. Who is still alive? When nobody is, return."
          : 'Its work is done, so it ends "normal", as a body does that returns.',
      ),
    ).toBe('"normal"');
  }
});

test("when it is ended itself, its workers end with it", () => {
  const done = chronicle(
    { ann: (self) => work(self, 50_000, "boom") },
    (self, pid) => self.sendExit(pid, "kill"),
  );
  expect(
    done.workersLeft,
    says(
      "It is killed. Its workers must not be left behind.",
      done,
      "A worker lives on, and nobody knows of it any more. A monitor tells, but it holds nothing together: the one who is watched does not even know of it. A link holds both ways.",
    ),
  ).toEqual([]);
});
