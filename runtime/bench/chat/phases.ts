import type { Crowd } from "./crowd.ts";

/** What one phase of talking gave. */
export interface Talked {
  readonly seconds: number;
  readonly sent: number;
  readonly delivered: number;
  /** From the send to the receipt, of the deliveries that were sampled. */
  readonly latenciesMs: readonly number[];
}

/** One delivery in so many has its latency kept. */
const SAMPLED = 10;
/** How long nothing may be heard before a phase ends all the same. */
const PATIENCE_MS = 30_000;

/** Messages at a rate, in turn by all clients, whatever comes back. */
export function steadily(
  crowd: Crowd,
  rate: number,
  seconds: number,
): Promise<Talked> {
  const wanted = Math.max(1, Math.round(rate * seconds));
  return talk(crowd, (say, startedMs) => {
    let sent = 0;
    const tick = () => {
      const due = (performance.now() - startedMs) * (rate / 1_000);
      while (sent < wanted && sent <= due) say(sent++);
      if (sent < wanted) setTimeout(tick, 1);
    };
    tick();
    return { isOver: () => sent === wanted, onDone: () => {} };
  });
}

/**
 * As fast as it goes: always `underWay` messages that have not yet reached
 * everybody. When one has, the next client speaks.
 */
export function flatOut(
  crowd: Crowd,
  underWay: number,
  seconds: number,
): Promise<Talked> {
  return talk(crowd, (say, startedMs) => {
    let sent = 0;
    const isOver = () => performance.now() - startedMs >= seconds * 1_000;
    while (sent < underWay) say(sent++);
    return { isOver, onDone: () => void (isOver() || say(sent++)) };
  });
}

type Course = (
  say: (turn: number) => void,
  startedMs: number,
) => { isOver(): boolean; onDone(): void };

/** Talks until the course is over and all have heard all. */
async function talk(crowd: Crowd, course: Course): Promise<Talked> {
  /** By what was heard: when it was said, and how many have not heard it. */
  const open = new Map<number, { readonly atMs: number; left: number }>();
  const latenciesMs: number[] = [];
  const startedMs = performance.now();
  let [sent, delivered, lastMs] = [0, 0, startedMs];
  const say = (turn: number) => {
    open.set(crowd.say(turn % crowd.size), {
      atMs: performance.now(),
      left: crowd.size,
    });
    sent++;
  };
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { isOver, onDone } = course(say, startedMs);
  crowd.onHeard = (listener, heard) => {
    const said = open.get(heard);
    if (said === undefined) return;
    delivered++;
    lastMs = performance.now();
    const isSampled = (listener + sent) % SAMPLED === 0;
    if (isSampled) latenciesMs.push(lastMs - said.atMs);
    if (--said.left > 0) return;
    open.delete(heard);
    onDone();
    if (open.size === 0 && isOver()) finish();
  };
  // Silence means that something was lost, which the ledger will say.
  const watch = setInterval(() => {
    if (performance.now() - lastMs > PATIENCE_MS) finish();
  }, 1_000);
  try {
    await Promise.race([finished, crowd.trouble]);
  } finally {
    clearInterval(watch);
    crowd.onHeard = () => {};
  }
  const seconds = (lastMs - startedMs) / 1_000;
  return { seconds, sent, delivered, latenciesMs };
}
