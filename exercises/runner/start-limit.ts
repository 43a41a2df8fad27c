/**
 * How long an answer may take: calls `stop` when `ms` have passed, unless what
 * it returns is called first.
 */
export type StartLimit = (ms: number, stop: () => void) => () => void;

/** Tests have one that they start and end by hand. */
export const byTheClock: StartLimit = (ms, stop) => {
  const timer = setTimeout(stop, ms);
  return () => clearTimeout(timer);
};
