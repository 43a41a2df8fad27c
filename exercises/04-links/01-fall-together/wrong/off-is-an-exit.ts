// Misconception: linked processes end together whatever the reason, so switching off has to be an exit too
// Caught by: a pump that is switched off leaves the tank alone
import type { Pid, Process, Self } from "#runtime";

export type ToPump = "stroke" | "jam" | "off";
export type ToTank = [tag: "pour", litres: number];
export type Pair = [pump: Pid<ToPump>, tank: Pid<ToTank>];

const LITRES = 3;

/** Takes what is poured in, and bursts when it is more than it can hold. */
function* tank(self: Self<ToTank>, filled: number): Process {
  if (filled > LITRES) throw new Error("The tank has burst");
  return yield* self.receive({
    pour: (litres) => tank(self, filled + litres),
  });
}

/** Pumps a litre at each stroke, until it jams or is switched off. */
function* pump(self: Self<ToPump>, into: Pid<ToTank>): Process {
  return yield* self.receive({
    stroke: () => {
      self.send(into, ["pour", 1]);
      return pump(self, into);
    },
    jam: () => self.exit("jammed"),
    off: () => self.exit("off"),
  });
}

function* tied(self: Self<ToPump>, into: Pid<ToTank>): Process {
  self.link(into);
  return pump(self, into);
}

/** Starts a pump and its tank, and goes on with something else. */
export function startPair(self: Self<never>): Pair {
  const full = self.spawn(tank, 0);
  return [self.spawn(tied, full), full];
}
