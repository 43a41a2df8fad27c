import { expect, test } from "vitest";
import {
  after,
  format,
  isProcessAlive,
  type Pid,
  type Process,
  type Self,
} from "#runtime";
import {
  exchange,
  type Run,
  SimulationError,
  simulate,
} from "#runtime/testing";
import { type Pair, startPair, type ToPump } from "./exercise.ts";

interface Works {
  readonly run: Run;
  readonly alive: { starter: boolean; pump: boolean; tank: boolean };
}

/** Somebody starts a pair; then the pump is sent `orders`. */
function works(orders: readonly ToPump[], seed = 0): Works {
  let alive = { starter: true, pump: true, tank: true };
  const run = told(function* yard(self: Self<["pair", ...Pair]>) {
    const starter = self.spawn(function* owner(me: Self<never>) {
      me.send(self.pid as Pid<unknown[]>, ["pair", ...startPair(me)]);
      for (;;) yield* me.receive();
    });
    const pair = yield* self.receive(
      { pair: (pump, tank): Pair => [pump, tank] },
      after(1_000),
    );
    if (pair === undefined) return;
    const [pump, tank] = pair;
    for (const order of orders) self.send(pump, order);
    yield* self.sleep(1_000);
    const [a, b, c] = [starter, pump, tank].map(isProcessAlive);
    alive = { starter: a === true, pump: b === true, tank: c === true };
  }, seed);
  return { run, alive };
}

/** Going on for ever is a result too: the checks judge it. */
function told<M>(body: (self: Self<M>) => Process, seed: number): Run {
  try {
    return simulate(body, { seed, maxReductions: 1_000 });
  } catch (error) {
    if (error instanceof SimulationError) return error.run;
    throw error;
  }
}

/** What nobody caught, unless it is the tank's, which shall burst. */
function thrownIn({ reports }: Run): string {
  const crash = reports.find(
    (one) => one.kind === "crash" && !format(one.reason).includes("burst"),
  );
  if (crash?.kind !== "crash") return "";
  return `${crash.label} threw, and nobody caught it: ${format(crash.reason)}\n\n`;
}

/** What a failing check says: the rule, the run, and where to look. */
function says(rule: string, { run, alive }: Works, look: string): string {
  const links = run.trace.filter(({ kind }) => kind === "link").length;
  return `${rule}\n\nWhat happened:\n${exchange(run.trace)}\n  links made: ${links}\n\nAlive at the end: ${format(alive)}\n\n${thrownIn(run)}${look}\n\nIn short`;
}

const BURST: ToPump[] = ["stroke", "stroke", "stroke", "stroke"];

test("when the tank bursts, the pump ends too", () => {
  const done = works(BURST);
  expect(
    done.alive,
    says(
      "Four litres are one too many: the tank bursts.",
      done,
      "The tank has to be as it was. Does it get what the pump sends?",
    ),
  ).toMatchObject({ tank: false });
  expect(
    done.alive,
    says(
      "The tank has burst, so the pump ends as well.",
      done,
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
        done.run.trace.some(({ kind }) => kind === "monitor")
          ? "A monitor looks one way. The one who is watched does not know of it, and is told nothing. What holds both ways is a link."
          : "The tank waits for a pump that is no more. A link has to be there from the beginning, before anything can go wrong, and not from the first stroke on.",
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
