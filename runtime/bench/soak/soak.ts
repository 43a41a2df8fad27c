import { EpmdServer } from "#runtime/distribution";
import { seeded } from "../../testing/random.ts";
import { bundle } from "../chat/our-server.ts";
import { Cluster } from "./cluster.ts";
import { Evening } from "./evening.ts";
import { type Fault, faults } from "./faults.ts";

export interface SoakOptions {
  readonly seed: number;
  /** How often each fault happens. */
  readonly rounds: number;
  readonly regulars: number;
  readonly idleConnections: number;
  /** Only these faults; all without it. */
  readonly only?: (fault: Fault) => boolean;
}

/** What a soak that went well was like. */
export interface Soaked {
  readonly acknowledged: number;
  readonly peakMegabytes: number;
}

/** The chat node may never have more memory than this. */
export const MOST_MEGABYTES = 400;

/**
 * Torments chapter 7's chat while its regulars talk.
 *
 * @throws Error at the first promise that is broken.
 */
export async function soak(
  folder: string,
  options: SoakOptions,
  print: (line: string) => void,
): Promise<Soaked> {
  const { seed, rounds, regulars, idleConnections, only } = options;
  // Two, since how often the regulars ask depends on how fast all goes.
  const random = seeded(seed);
  const pauses = seeded(seed + 1);
  const epmd = await EpmdServer.start({ port: 0 });
  let cluster: Cluster | undefined;
  let evening: Evening | undefined;
  try {
    cluster = await Cluster.start(bundle(folder), epmd.port);
    evening = new Evening(cluster, regulars, pauses);
    await evening.allHeard();
    for (let round = 1; round <= rounds; round++) {
      const all = faults(idleConnections).filter(only ?? (() => true));
      for (const fault of shuffled(all, random)) {
        const { acknowledged } = evening.minutes;
        print(`round ${round}, after ${acknowledged} messages: ${fault.name}`);
        await suffer(evening, fault, random);
      }
    }
    const { acknowledged } = evening.minutes;
    return { acknowledged, peakMegabytes: cluster.peakMegabytes };
  } finally {
    evening?.end();
    await cluster?.stop();
    await epmd.close();
  }
}

async function suffer(
  evening: Evening,
  fault: Fault,
  random: () => number,
): Promise<void> {
  const before = evening.visits;
  const inAll = evening.minutes.present;
  await fault.happen(evening, random);
  await evening.allHeard();
  const came = evening.visits - before;
  const expected = fault.isNoticed ? inAll : 0;
  if (came !== expected) {
    throw new Error(
      `When ${fault.name}, ${came} regulars had to come back and not ${expected}.`,
    );
  }
  const { peakMegabytes } = evening.cluster;
  if (peakMegabytes > MOST_MEGABYTES) {
    throw new Error(
      `When ${fault.name}, the chat node took ${Math.round(peakMegabytes)} MB; at most ${MOST_MEGABYTES} are allowed.`,
    );
  }
}

/** In an order that the seed decides. */
function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((it) => ({ it, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ it }) => it);
}
