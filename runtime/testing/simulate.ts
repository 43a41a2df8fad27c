import { VirtualClock } from "../core/clock.ts";
import type { Body } from "../core/message.ts";
import { LocalNode } from "../core/node.ts";
import type { LocalProcess } from "../core/process.ts";
import { DEAD } from "../core/process-state.ts";
import type { Report } from "../core/report.ts";
import { steppedByHand } from "../core/scheduler.ts";
import type { Self } from "../core/self.ts";
import type { TraceEvent } from "../core/trace.ts";
import { deadlocked, failed, stormy } from "./failure.ts";
import { type Random, seeded } from "./random.ts";
import { Signals } from "./signals.ts";

/** How often a lingering signal arrives while somebody is busy. */
const SELDOM = 1 / 64;

/** How a simulation is run. */
export interface SimulateOptions {
  /** The first schedule's seed; the next has the next. @defaultValue 1 */
  readonly seed?: number;
  /** How many interleavings to try. @defaultValue 1 */
  readonly schedules?: number;
  /** More steps than this are a storm. @defaultValue 100,000 */
  readonly maxReductions?: number;
}

/** What one run was like. */
export interface Run {
  readonly seed: number;
  readonly trace: readonly TraceEvent[];
  readonly reports: readonly Report[];
  /** Virtual time at the end. */
  readonly elapsedMs: number;
}

/**
 * Runs `body` as the first process of a node of its own, to its end, at once:
 * virtual time, a seeded scheduler, no event loop.
 *
 * Seed 0 is the plain order, each process in turn. Other seeds choose who runs
 * next and how long signals are under way, within Erlang's one guarantee:
 * signals from one process to another arrive in the order they were sent. The
 * signals of some pairs linger, so that long chains of others overtake them.
 *
 * @returns the last run.
 * @throws what `body` throws, with the seed to replay it and the exchange of
 * messages; or a SimulationError if it waits for ever or never ends.
 */
export function simulate<M>(
  body: Body<Self<M>, []>,
  options: SimulateOptions = {},
): Run {
  const { seed = 1, schedules = 1, maxReductions = 100_000 } = options;
  let run: Run | undefined;
  for (let i = 0; i < Math.max(1, schedules); i++) {
    run = runOnce(body as never, seed + i, maxReductions);
  }
  return run as Run;
}

function runOnce(body: never, seed: number, maxReductions: number): Run {
  const clock = new VirtualClock();
  const trace: TraceEvent[] = [];
  const reports: Report[] = [];
  const node = new LocalNode({
    clock,
    scheduler: steppedByHand,
    logger: (report) => void reports.push(report),
    tracer: (event) => void trace.push(event),
  });
  const random = seeded(seed);
  const signals = new Signals(random);
  if (seed !== 0) node.courier = signals.courier;
  const root = node.spawn(undefined, body, []);
  let ending: { reason: unknown } | undefined;
  root.cleanups = new Set([
    (reason) => {
      ending = { reason };
    },
  ]);
  const result = () => ({ seed, trace, reports, elapsedMs: clock.now() });

  for (let steps = 0; ending === undefined; steps++) {
    if (steps > maxReductions) throw stormy(result(), maxReductions);
    const isIdle = node.ready.length === 0;
    if (signals.quick > 0 && (isIdle || random() < 0.5)) {
      signals.deliverOne();
    } else if (signals.lingering > 0 && (isIdle || random() < SELDOM)) {
      signals.deliverLingering();
    } else if (!isIdle) {
      const process = pick(node, seed === 0 ? undefined : random);
      if (process.status !== DEAD) {
        const budget = seed === 0 ? 100 : 1 + Math.floor(random() * 20);
        node.step(process, budget);
      }
    } else {
      node.timers.arm(() => node.timers.fireDue());
      if (!clock.advance()) throw deadlocked(result(), root);
    }
  }
  const { reason } = ending as { reason: unknown };
  if (reason !== "normal") throw failed(result(), reason);
  return result();
}

function pick(node: LocalNode, random: Random | undefined): LocalProcess {
  if (random === undefined) return node.ready.shift();
  const place = Math.floor(random() * node.ready.length);
  return node.ready.removeAt(node.ready.head + place);
}
