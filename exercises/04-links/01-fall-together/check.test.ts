import { expect, test } from "vitest";
import {
  after,
  format,
  isPid,
  isProcessAlive,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import { exchange, type Run, trial } from "#runtime/testing";
import { type Pair, startPair, type ToPump } from "./exercise.ts";

interface Works {
  readonly run: Run;
  readonly pair: Pair;
  readonly alive: { starter: boolean; pump: boolean; tank: boolean };
}

/** Somebody starts a pair; then the pump is sent `orders`. */
function works(orders: readonly ToPump[], seed = 0): Works {
  let alive = { starter: true, pump: true, tank: true };
  let pair: Pair | undefined;
  const run = told(function* yard(self: Self<"started">) {
    const starter = self.spawn(function* owner(me: Self<never>) {
      pair = startPair(me);
      me.send(self.pid, "started");
      for (;;) yield* me.receive();
    });
    yield* self.receive({ started: () => {} }, after(1_000));
    if (!isPair(pair)) return;
    const [pump, tank] = pair;
    for (const order of orders) self.send(pump, order);
    yield* self.sleep(1_000);
    const [a, b, c] = [starter, pump, tank].map(isProcessAlive);
    alive = { starter: a === true, pump: b === true, tank: c === true };
  }, seed);
  expect(
    isPair(pair) ? "two pids" : format(pair),
    `startPair returns the pids of both, [pump, tank], as soon as it has started them.\n\nIn short`,
  ).toBe("two pids");
  return { run, pair: pair as unknown as Pair, alive };
}

function isPair(pair: unknown): pair is Pair {
  return Array.isArray(pair) && pair.length === 2 && pair.every(isPid);
}

/** Going on for ever is a result too: the checks judge it. */
function told<M>(body: (self: Self<M>) => Process, seed: number): Run {
  return trial(body, { seed, maxReductions: 1_000 });
}

/** What a failing check says: the rule, the run, and where to look. */
function says(rule: string, { run, alive }: Works, look: string): string {
  const links = run.trace.flatMap((event) =>
    event.kind === "link"
      ? [`${labelled(run, event.from)} and ${labelled(run, event.to)}`]
      : [],
  );
  return `${rule}\n\nWhat happened:\n${exchange(run.trace)}\n  links made: ${[...new Set(links)].join(", ") || "none"}\n\nAlive at the end: ${format(alive)}\n\n${look}\n\nIn short`;
}

function labelled({ trace }: Run, pid: unknown): string {
  const born = trace.find((one) => one.kind === "spawn" && one.pid === pid);
  return `${born?.kind === "spawn" ? born.label : ""}${pid}`;
}

/** Why the tank does not burst. */
function whole({ run, pair: [pump, tank] }: Works): string {
  let strokes = 0;
  for (const event of run.trace) {
    if (event.kind === "receive" && event.pid === pump) strokes++;
    if (event.kind === "exit" && event.pid === pump) {
      return `The pump ended after ${strokes} of the four strokes. Look at what it goes on with.`;
    }
    if (event.kind !== "send" || event.to !== tank) continue;
    const [tag, litres] = event.message as unknown[];
    if (tag === "pour" && litres === 1) continue;
    return `The tank was sent ${format(event.message)}. A litre is ["pour", 1].`;
  }
  return strokes === 0
    ? `The strokes went to ${labelled(run, pump)}, the first of the pair, and nobody there took one. The pump's pid stands first, the tank's second.`
    : "The tank has to be as it was. Does it get what the pump sends, and does it keep count?";
}

/** Why `to` outlives `from`, if that is not for want of a link. */
function spared({ run }: Works, from: Pid, to: Pid): string | undefined {
  const name = labelled(run, from);
  const end = run.trace.find(
    (event) => event.kind === "exit" && event.pid === from,
  );
  if (end?.kind !== "exit") return `${name} has not ended at all.`;
  if (end.reason === "normal") {
    return `${name} ended normally. That is the one end that harms nobody over a link, and a failure has to be told from it.`;
  }
  const isTold = run.trace.some(
    (event) =>
      event.kind === "exit-signal" && event.from === from && event.to === to,
  );
  return isTold
    ? `The signal of ${name} reached ${labelled(run, to)}, which lives on. One that traps exits gets a message in place of its end.`
    : undefined;
}

const BURST: ToPump[] = ["stroke", "stroke", "stroke", "stroke"];

test("when the tank bursts, the pump ends too", () => {
  const done = works(BURST);
  expect(
    done.alive,
    says("Four litres are one too many: the tank bursts.", done, whole(done)),
  ).toMatchObject({ tank: false });
  expect(
    done.alive,
    says(
      "The tank has burst, so the pump ends as well.",
      done,
      spared(done, done.pair[1], done.pair[0]) ??
        "The pump goes on and pumps into nothing: to send to a dead process is no error. Is there a link between these two? A link to a third is not one between them: whoever stands in the middle and traps exits stops the signal.",
    ),
  ).toMatchObject({ pump: false });
});

test("when the pump jams, the tank ends too", () => {
  for (const seed of [0, 1, 2, 3, 4, 5]) {
    const done = works(["jam"], seed);
    expect(
      [done.alive.pump, done.alive.tank],
      says(
        "The pump has jammed before the first stroke, so both have ended.",
        done,
        spared(done, done.pair[0], done.pair[1]) ??
          (done.run.trace.some(({ kind }) => kind === "monitor")
            ? "A monitor looks one way. The one who is watched does not know of it, and is told nothing. What holds both ways is a link."
            : "The tank waits for a pump that is no more. A link has to be there from the beginning, before anything can go wrong, and not from the first stroke on."),
      ),
    ).toEqual([false, false]);
  }
});

test("the one who started them lives on", () => {
  for (const orders of [BURST, ["jam"] as ToPump[]]) {
    const done = works(orders);
    expect(
      done.alive,
      says(
        "Pump and tank are their own affair. The starter is not ended by them.",
        done,
        "The starter has died with them: it is linked to them. spawnLink ties the one who calls it. It is the pump or the tank that has to make the link, and that means inside its own body.",
      ),
    ).toMatchObject({ starter: true });
  }
});

test("a pump that is switched off leaves the tank alone", () => {
  const done = works(["stroke", "off"]);
  expect(
    done.alive,
    says(
      "A pump that is switched off ends.",
      done,
      'Look at the clause for "off". It has nothing left to do but to return.',
    ),
  ).toMatchObject({ pump: false });
  expect(
    done.alive,
    says(
      "Switched off is not broken: the pump ends normally, and the tank stands as it stood.",
      done,
      "The tank was taken along. Over a link every reason is deadly but one. A body that simply returns ends with that one; one that calls self.exit with a reason of its own does not.",
    ),
  ).toMatchObject({ tank: true });
});
