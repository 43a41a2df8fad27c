import type { ChatServer } from "./chat-server.ts";
import { Crowd } from "./crowd.ts";
import type { ChatBenchOptions } from "./options.ts";
import { flatOut, steadily, type Talked } from "./phases.ts";
import { usageOf } from "./usage.ts";

/** A phase, and what it cost. */
export interface Phase extends Talked {
  /** What the chat node's process used. */
  readonly cpuSeconds: number;
  /** How much of the time this process, with all the clients, was busy: 0 to 1. */
  readonly driverBusy: number;
}

/** All that was measured of one chat. */
export interface MeasuredChat {
  readonly name: ChatServer["name"];
  readonly logInSeconds: number;
  readonly steady: Phase;
  readonly flatOut: Phase;
  /** Of the chat node; what it has now, where the system knows no peak. */
  readonly peakMegabytes: number;
  readonly lost: number;
  readonly outOfOrder: number;
}

/** Messages under way at a time when it goes as fast as it can. */
const UNDER_WAY = 16;

/** Lets a crowd log in, talk at a rate, and talk as fast as it goes. */
export async function measureChat(
  server: ChatServer,
  { clients, rate, seconds }: ChatBenchOptions,
): Promise<MeasuredChat> {
  const startedMs = performance.now();
  const crowd = await Crowd.gather(server.port, clients);
  const logInSeconds = (performance.now() - startedMs) / 1_000;
  try {
    // Until everybody has heard of the last who joined, and once for the
    // compiler: a program in production has been running.
    await flatOut(crowd, UNDER_WAY, Math.min(1, seconds / 2));
    const steady = await costs(server, () => steadily(crowd, rate, seconds));
    const fast = await costs(server, () => flatOut(crowd, UNDER_WAY, seconds));
    const { megabytes, peakMegabytes } = usageOf(server.pid);
    const { lost, outOfOrder } = crowd.ledger;
    return {
      name: server.name,
      logInSeconds,
      steady,
      flatOut: fast,
      peakMegabytes: Number.isNaN(peakMegabytes) ? megabytes : peakMegabytes,
      lost,
      outOfOrder,
    };
  } finally {
    crowd.leave();
  }
}

async function costs(
  { pid }: ChatServer,
  talk: () => Promise<Talked>,
): Promise<Phase> {
  const before = usageOf(pid).cpuSeconds;
  const here = process.cpuUsage();
  const talked = await talk();
  const { user, system } = process.cpuUsage(here);
  const driverBusy = (user + system) / 1e6 / talked.seconds;
  return {
    ...talked,
    driverBusy,
    cpuSeconds: usageOf(pid).cpuSeconds - before,
  };
}
