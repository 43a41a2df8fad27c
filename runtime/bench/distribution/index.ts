import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EpmdServer } from "#runtime/distribution";
import { noErlang } from "../no-erlang.ts";
import { median } from "../report.ts";
import { type Amount, erlang, type Kind, ours, type Run, run } from "./pair.ts";

export const FULL = { trips: 20_000, items: 300_000, rounds: 5 };
export const QUICK = { trips: 1_000, items: 10_000, rounds: 1 };

/**
 * `npm run bench -- distribution [--quick]`: messages between two nodes in a
 * process each, beside the same between two nodes of Erlang.
 */
export async function benchDistribution(
  { rounds, ...amount }: Amount & { readonly rounds: number },
  print: (line: string) => void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-distribution-"));
  const epmd = await EpmdServer.start({ port: 0 });
  try {
    const kinds = [ours(folder, epmd.port)];
    const missing = noErlang();
    if (missing !== undefined) print(missing);
    else kinds.push(erlang(folder));
    const runs = await inTurn(kinds, epmd.port, amount, rounds);
    for (const line of table(runs, amount, rounds)) print(line);
  } finally {
    await epmd.close();
    rmSync(folder, { recursive: true });
  }
}

/** Each kind once per round, so that a slow minute meets all. */
async function inTurn(
  kinds: readonly Kind[],
  epmdPort: number,
  amount: Amount,
  rounds: number,
): Promise<Map<string, Run[]>> {
  const runs = new Map<string, Run[]>(kinds.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const kind of kinds) {
      runs.get(kind.name)?.push(await run(kind, epmdPort, amount));
    }
  }
  return runs;
}

/** Medians, and how many times as fast as Erlang that is. */
export function table(
  runs: ReadonlyMap<string, readonly Run[]>,
  { trips, items }: Amount,
  rounds: number,
): string[] {
  const medians = [...runs].map(([name, all]) => ({
    name,
    trip: median(all.map((it) => it.microsecondsPerTrip)),
    rate: median(all.map((it) => it.itemsPerSecond)),
  }));
  const beam = medians.find(({ name }) => name === "erlang");
  const ratio = (more = Number.NaN, less = Number.NaN) =>
    beam ? `${(more / less).toFixed(2)} ×` : "";
  return [
    `Two nodes on 127.0.0.1: ${trips} round trips to warm up, ${trips} that are`,
    `measured, then ${items} messages without waiting; medians of ${rounds}.`,
    "",
    "        round trip        erlang  pipelined          erlang",
    ...medians.map(({ name, trip, rate }) =>
      [
        name.padEnd(8),
        `${trip.toFixed(1)} µs`.padEnd(18),
        ratio(beam?.trip, trip).padEnd(8),
        `${(rate / 1e6).toFixed(3)} M/s`.padEnd(19),
        ratio(rate, beam?.rate),
      ].join(""),
    ),
  ];
}
