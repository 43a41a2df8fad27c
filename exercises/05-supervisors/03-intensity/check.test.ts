import { expect, test } from "vitest";
import {
  after,
  type ChildSpec,
  type DownMessage,
  type ExitReason,
  format,
  type Pid,
  type Self,
} from "#runtime";
import { trial } from "#runtime/testing";
import { owner } from "./exercise.ts";

/** What came of a feed that crashes at these times. */
interface Outcome {
  readonly lines: readonly string[];
  /** The first start included. */
  readonly starts: number;
  readonly told: readonly string[];
  readonly ownerEndedWith: ExitReason | undefined;
}

const SECOND_MS = 1_000;

function crashesAt(...seconds: number[]): Outcome {
  const lines: string[] = [];
  const told: string[] = [];
  let starts = 0;
  let ownerEndedWith: ExitReason | undefined;
  const body = function* main(self: Self<DownMessage>) {
    let now = 0;
    let running: Pid | undefined;
    const note = (what: string) =>
      void lines.push(`${`${now} s`.padStart(5)}  ${what}`);
    const feed: ChildSpec = {
      id: "feed",
      start(it) {
        starts++;
        note(`the feed is started, for time number ${starts}`);
        running = it.spawnLink(waiting);
        return ["ok", running];
      },
    };
    self.spawnMonitor(owner, feed, (line) => {
      told.push(line);
      note(`the owner tells: ${line}`);
    });
    const wait = function* (untilSeconds: number) {
      yield* self.sleep((untilSeconds - now) * SECOND_MS);
      now = untilSeconds;
    };
    yield* self.sleep(100);
    for (const second of seconds) {
      yield* wait(second);
      if (running) {
        note("the feed crashes");
        self.sendExit(running, "boom");
        running = undefined;
        yield* self.sleep(1);
      }
    }
    yield* self.sleep(100);
    ownerEndedWith = yield* self.receive(
      { DOWN: (_ref, _type, _pid, reason) => reason },
      after(0),
    );
    if (ownerEndedWith !== undefined) {
      note(`the owner has ended: ${format(ownerEndedWith)}`);
    }
  };
  const { failure } = trial(body, { seed: 0, maxReductions: 20_000 });
  if (failure !== undefined) lines.push(`and then: ${failure}`);
  return { lines, starts, told, ownerEndedWith };
}

function* waiting(self: Self<never>) {
  yield* self.receive({});
}

function says(rule: string, { lines }: Outcome, look: string): string {
  return `${rule}\n\nWhat happened:\n${lines.join("\n")}\n\n${look}\n\nIn short`;
}

/** Why a crash was not repaired. */
function tooFew({ starts, told, ownerEndedWith }: Outcome): string {
  if (starts === 1 && ownerEndedWith === "normal" && told.length === 0) {
    return "The owner has returned, and its supervisor ended with it. It has to wait for the end of its supervisor.";
  }
  if (starts === 1 && ownerEndedWith === undefined) {
    return "Nobody started it again, and nobody gave up. Look at the restart type of its spec: it should be as it was given.";
  }
  return starts === 1
    ? "Not one restart was made. An intensity of 0 does not mean that there is no limit; it means that no restart is allowed."
    : `It gave up too early. The intensity is no number of deaths after which all is over. It is the number of restarts that are made; the death after those is the end.${starts === 2 ? " (One restart is allowed where the flags name no intensity.)" : ""}`;
}

test("three crashes within a minute are borne", () => {
  const outcome = crashesAt(10, 20, 30);
  expect(
    outcome.starts,
    says(
      "After each of three crashes within a minute the feed is started again: four starts in all.",
      outcome,
      tooFew(outcome),
    ),
  ).toBe(4);
  expect(
    outcome.told.join(", "),
    says(
      "While crashes are borne, the owner tells nothing.",
      outcome,
      "Somebody was told of something that has been repaired. What the owner waits for is the end of the supervisor, not that of the feed.",
    ),
  ).toBe("");
});

/** Why a fourth crash was repaired: one too many, or no longer counted. */
function tooMany({ starts }: Outcome): string {
  if (starts <= 4) return "It gave up too early.";
  return crashesAt(10, 20, 30, 40, 50).starts === 5
    ? "The fourth crash was repaired, and a fifth would not be. The intensity is not the number of the crash that ends it; it is the number of those that are repaired."
    : "The fourth crash was repaired, and so would be a fifth: the first ones were forgotten by then. The period is the window in which restarts are counted, and no pause. Look at its length, and at the unit in its name.";
}

test("the fourth crash within a minute is one too many", () => {
  const outcome = crashesAt(10, 20, 30, 50);
  expect(
    outcome.starts,
    says(
      "The first start and three restarts. After the fourth crash within a minute the feed stays down.",
      outcome,
      tooMany(outcome),
    ),
  ).toBe(4);
});

test("crashes that are far apart may go on for ever", () => {
  const times = Array.from({ length: 10 }, (_, index) => 10 + index * 25);
  const outcome = crashesAt(...times);
  expect(
    outcome.starts,
    says(
      "One crash every 25 seconds is never four within a minute. Each of the ten is repaired.",
      outcome,
      "It gave up although there were never more than three within a minute. Restarts are not counted over a whole life: what is older than the period is forgotten. How long is the window?",
    ),
  ).toBe(11);
});

/** Why the owner has not ended normally, if it is not for the link. */
function notNormal({ told, ownerEndedWith }: Outcome): string | undefined {
  if (ownerEndedWith !== undefined) {
    return told.length > 0
      ? `It told, and then ended with ${format(ownerEndedWith)}. A body that returns ends normally.`
      : undefined;
  }
  return told.length > 0
    ? "It told, and lives on. There is nothing more to come, so it may return."
    : 'The owner waits for something else. To one who traps exits the end of its supervisor comes as ["EXIT", pid, reason]. Is there a clause of that name, and does it wait there?';
}

test("the owner outlives its supervisor and tells why", () => {
  const outcome = crashesAt(10, 11, 12, 13);
  expect(
    format(outcome.ownerEndedWith),
    says(
      "When the supervisor has given up, the owner tells it and returns: its own end is normal.",
      outcome,
      notNormal(outcome) ??
        "The owner is linked to its supervisor, and the supervisor has ended with shutdown. That reason is good enough for supervisors, and no exception for anybody else: a linked process dies of it, unless it has asked to be told instead.",
    ),
  ).toBe(format("normal"));
  expect(
    outcome.told.join(", "),
    says(
      "The owner tells once, with the reason of the supervisor.",
      outcome,
      outcome.told.length === 0
        ? "Nothing was told. The line that tells was there, behind the end of the supervisor."
        : "The line that tells was there: it says gave up, and the reason. In the EXIT message the reason stands behind the pid. It is the supervisor whose end is told, not the feed's. The supervisor does not pass on the reason of the crash; it ends with a reason of its own.",
    ),
  ).toBe("gave up: shutdown");
});
