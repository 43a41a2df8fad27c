import { expect, test } from "vitest";
import {
  type ExitMessage,
  format,
  isPid,
  isProcessAlive,
  isRef,
  type Pid,
  type Process,
  processInfo,
  type Ref,
  type Self,
} from "#runtime";
import { exchange, type Run, trial } from "#runtime/testing";
import { handOver, type ToGiver, type ToHeir } from "./exercise.ts";

/** When the worker dies: `during` is while the heir is being asked. */
type Death = "before" | "during" | "after" | "never";

interface Handed {
  readonly run: Run;
  /** What the giver sent that is not the question to the heir, in words. */
  readonly misasked: string | undefined;
  readonly isDone: boolean;
  readonly isWorkerAlive: boolean;
  /** Who was linked to the worker when the heir was asked, and at the end. */
  readonly heldBefore: readonly string[];
  readonly heldAfter: readonly string[];
  readonly heirHeard: readonly string[];
  /** What is in the giver's mailbox at the end. */
  readonly left: readonly unknown[];
}

/** One process hands its worker over to another. */
function handing(death: Death, seed = 0, before = nothingBefore): Handed {
  const who = new Map<Pid, string>();
  const holders = (pid: Pid) =>
    (processInfo(pid)?.links ?? []).map((one) => who.get(one) ?? "another");
  const heirHeard: string[] = [];
  let isDone = false;
  let heldBefore: string[] = [];
  let rest = {
    isWorkerAlive: false,
    heldAfter: [] as string[],
    left: [] as readonly unknown[],
  };

  function* heir(self: Self<ToHeir | ExitMessage>): Process {
    self.trapExit(true);
    for (;;) {
      yield* self.receive({
        *adopt(ref, worker, from) {
          if (!isRef(ref) || !isPid(worker) || !isPid(from)) return;
          heldBefore = holders(worker);
          if (death === "during") {
            self.sendExit(worker, "boom");
            yield* self.sleep(10);
          }
          self.link(worker);
          self.send(from, ["adopted", ref]);
        },
        EXIT: (_from, reason) => void heirHeard.push(format(reason)),
      });
    }
  }

  const run = told(function* yard(self: Self<never>) {
    const child = self.spawn(heir);
    who.set(child, "heir");
    let worker: Pid | undefined;
    const old = self.spawn(function* giver(me: Self<ToGiver>): Process {
      me.trapExit(true);
      const pid = me.spawnLink(function* workman(one: Self<"die">) {
        yield* one.receive({ die: () => one.exit("boom") });
      });
      worker = pid;
      yield* before(me);
      if (death === "before") me.send(pid, "die");
      yield* me.sleep(10);
      yield* handOver(me, pid, child);
      isDone = true;
      yield* me.sleep(1_000);
      if (death === "after") me.send(pid, "die");
      yield* me.sleep(60_000);
    });
    who.set(old, "giver");
    yield* self.sleep(10_000);
    if (worker === undefined) return;
    rest = {
      isWorkerAlive: isProcessAlive(worker),
      heldAfter: holders(worker),
      left: processInfo(old)?.messages ?? [],
    };
  }, seed);
  return {
    run,
    misasked: misasked(run),
    isDone,
    heldBefore,
    heirHeard,
    ...rest,
  };
}

/** The first message from handOver that is not what the heir understands. */
function misasked({ trace }: Run): string | undefined {
  const labels = new Map<Pid | undefined, string>();
  for (const event of trace) {
    if (event.kind === "spawn") labels.set(event.pid, event.label);
    if (event.kind !== "send" || labels.get(event.from) !== "giver") continue;
    const to = labels.get(event.to);
    if (event.message === "die" || to === "giver") continue;
    const [tag, ref, worker, from] = event.message as [string, Ref, Pid, Pid];
    if (
      to === "heir" &&
      tag === "adopt" &&
      isRef(ref) &&
      labels.get(worker) === "workman" &&
      from === event.from
    )
      continue;
    return `${format(event.message)} was sent to the ${to}. The heir is to be sent ["adopt", ref, worker, self.pid].`;
  }
  return undefined;
}

function* nothingBefore(_self: Self<ToGiver>): Process {}

/** Going on for ever is a result too: the checks judge it. */
function told<M>(body: (self: Self<M>) => Process, seed: number): Run {
  return trial(body, { seed, maxReductions: 2_000 });
}

/** Who made and removed links, in order: the exchange does not show it. */
function links({ trace }: Run): string {
  const labels = new Map<Pid | undefined, string>();
  const lines: string[] = [];
  for (const event of trace) {
    if (event.kind === "spawn") labels.set(event.pid, event.label);
    if (event.kind === "link" || event.kind === "unlink") {
      lines.push(
        `${labels.get(event.from)} ${event.kind}s ${labels.get(event.to)}`,
      );
    }
  }
  return lines.join(", ") || "none";
}

/** What a failing check says: the rule, the run, and where to look. */
function says(rule: string, done: Handed, look: string): string {
  return `${rule}\n\nWhat happened:\n${exchange(done.run.trace)}\n\nLinks made and removed: ${links(done.run)}\nhandOver ${done.isDone ? "came to its end" : "is still not done"}. In the giver's mailbox: ${format(done.left)}\n\n${look}\n\nIn short`;
}

test("a living worker lives on, with the heir", () => {
  const done = handing("never");
  expect(
    done.isDone ? "done" : "waiting",
    says(
      "The worker is alive and stays so. handOver asks the heir, and comes to its end.",
      done,
      done.misasked ??
        (done.left.length > 0
          ? `${format(done.left[0])} came, and no clause took it. A clause is named as the tag is, and the reference is that of the question.`
          : "It waits for something that does not come. unlink is not answered. If there is an EXIT, it is there already, so a look is enough, and a look has a time limit."),
    ),
  ).toBe("done");
  expect(
    done.isWorkerAlive ? "alive" : "dead",
    says(
      "The worker goes on with its work.",
      done,
      "The worker was ended. To let go is to remove the link. The process at its other end is not touched.",
    ),
  ).toBe("alive");
  expect(
    done.heldAfter.join(" and "),
    says(
      "In the end the worker is linked to the heir and to nobody else.",
      done,
      done.heldAfter.includes("giver")
        ? "The giver is still linked. A process may have any number of links, and a new one takes nobody's place."
        : (done.misasked ?? "Was the heir asked to adopt it?"),
    ),
  ).toBe("heir");
});

test("afterwards its death reaches the heir, and nothing reaches the giver", () => {
  const done = handing("after");
  expect(
    done.heirHeard.join(", "),
    says(
      "The worker crashes a second after it was handed over. The heir hears of it.",
      done,
      "The heir is told by its own link. Was it asked to make one?",
    ),
  ).toBe('"boom"');
  expect(
    format(done.left),
    says(
      "The giver has let go. Its mailbox stays empty.",
      done,
      format(done.left).includes("adopted")
        ? "The heir's answer was not waited for. To send is not to have done: until the answer is there, nobody knows whether the heir holds the worker."
        : "Something of the worker still reaches the giver. Is the link removed?",
    ),
  ).toBe("[]");
});

test("at every moment somebody is linked to the worker", () => {
  for (let seed = 0; seed <= 10; seed++) {
    const done = handing("after", seed);
    expect(
      done.heldBefore.join(" and "),
      says(
        "When the heir is asked, the giver still holds the worker. Only when the heir holds it too does the giver let go.",
        done,
        "There was a gap: the giver had let go, and the heir did not hold yet. Should the giver be ended in the gap, the worker is left alone, and nobody knows of it. Two may hold one process at the same time. Nobody must not.",
      ),
    ).toBe("giver");
  }
});

test("an EXIT of the worker that has already come is not left behind", () => {
  for (const death of ["before", "during"] as const) {
    const done = handing(death);
    expect(
      format(done.left),
      says(
        `The worker has died ${death === "before" ? "before it was handed over" : "while the heir was being asked"}. It is the heir's business now: nothing of it stays in the giver's mailbox.`,
        done,
        format(done.left).includes("adopted")
          ? "The heir's answer was left behind: something else was taken in its place. A clause that is named after the answer waits for nothing else."
          : "An EXIT was left behind. unlink stops what has not come yet. What has come is an ordinary message, and stays until somebody takes it out. It can come until the link is removed, so the time to look is after that. Whose EXIT it is, its second field says.",
      ),
    ).toBe("[]");
  }
});

test("what belongs to others stays in the mailbox, in its order", () => {
  const done = handing("before", 0, function* before(self) {
    self.send(self.pid, ["note", "first"]);
    self.spawnLink(function* another(me: Self<never>) {
      me.exit("not your worker");
    });
    yield* self.sleep(5);
    self.send(self.pid, ["note", "second"]);
  });
  const left = done.left.map((message) => (message as unknown[]).at(-1));
  expect(
    left.join(", "),
    says(
      "Before the worker's EXIT came two notes and the EXIT of another process. They are still there.",
      done,
      "A message was taken that belongs to somebody else, or one was left that does not. Whose EXIT it is, its second field says.",
    ),
  ).toBe("first, not your worker, second");
});
