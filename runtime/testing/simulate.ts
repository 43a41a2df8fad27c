import { VirtualClock } from "../core/clock.ts";
import type { Body } from "../core/message.ts";
import { LocalNode } from "../core/node.ts";
import type { Courier } from "../core/node-options.ts";
import type { LocalPid } from "../core/pid.ts";
import { DEAD, type LocalProcess } from "../core/process.ts";
import type { Report } from "../core/report.ts";
import { steppedByHand } from "../core/scheduler.ts";
import type { Self } from "../core/self.ts";
import type { TraceEvent } from "../core/trace.ts";
import { deadlocked, failed, stormy } from "./failure.ts";
import { type Random, seeded } from "./random.ts";

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
 * signals from one process to another arrive in the order they were sent.
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
  const signals = new Signals();
  if (seed !== 0) node.employ(signals.courier);
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
    if (signals.waiting > 0 && (node.ready.length === 0 || random() < 0.5)) {
      signals.deliverOne(random);
    } else if (node.ready.length > 0) {
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

/** What one process has sent to another, and has not arrived. */
interface Pair {
  readonly from: LocalPid | undefined;
  readonly to: LocalPid;
  readonly signals: (() => void)[];
}

/** Signals under way: a queue for each pair of sender and receiver. */
class Signals {
  /** The pair that began to wait first comes first. */
  readonly #pairs: Pair[] = [];
  /** The same, by receiver and sender. */
  readonly #byPid = new Map<LocalPid, Map<LocalPid | undefined, Pair>>();
  waiting = 0;

  readonly courier: Courier = (from, to: LocalPid, arrive) => {
    let senders = this.#byPid.get(to);
    if (!senders) {
      senders = new Map();
      this.#byPid.set(to, senders);
    }
    let pair = senders.get(from);
    if (!pair) {
      pair = { from, to, signals: [] };
      senders.set(from, pair);
      this.#pairs.push(pair);
    }
    pair.signals.push(arrive);
    this.waiting++;
  };

  deliverOne(random: Random): void {
    const place = Math.floor(random() * this.#pairs.length);
    const { from, to, signals } = this.#pairs[place] as Pair;
    const arrive = signals.shift();
    if (signals.length === 0) {
      this.#pairs.splice(place, 1);
      const senders = this.#byPid.get(to);
      senders?.delete(from);
      if (senders?.size === 0) this.#byPid.delete(to);
    }
    this.waiting--;
    arrive?.();
  }
}
