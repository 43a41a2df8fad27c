import type { Mishap, Run } from "#runtime/testing";

type Doors = Map<string, unknown>;
type Play = (...words: unknown[]) => Run;
interface Testing {
  simulate: Play;
  trial: Play;
  mishapIn(run: Run): Mishap | undefined;
}

/** The same doors of the runtime; the first mishap in a simulation is told. */
export function overheard(doors: Doors, tell: (one: Mishap) => void): Doors {
  const testing = doors.get("#runtime/testing") as Testing;
  const hear = (run: Run) => {
    const mishap = testing.mishapIn(run);
    if (mishap) tell(mishap);
  };
  const heard =
    (play: Play): Play =>
    (...words) => {
      try {
        const run = play(...words);
        hear(run);
        return run;
      } catch (error) {
        // A simulation that waits or goes on for ever has a story as well.
        const { run } = Object(error) as { run?: Run };
        if (run) hear(run);
        throw error;
      }
    };
  const simulate = heard(testing.simulate);
  const trial = heard(testing.trial);
  return new Map(doors).set("#runtime/testing", {
    ...testing,
    simulate,
    trial,
  });
}
