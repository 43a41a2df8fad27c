import { type Clock, realClock } from "#runtime";

/**
 * Real time in whole milliseconds. A supervisor reckons what is left of a
 * child's time to stop, and a time limit is a whole number.
 */
export function wholeMilliseconds(): Clock {
  const clock = realClock();
  return { ...clock, now: () => Math.floor(clock.now()) };
}
