import { format } from "../core/format.ts";
import type { Run } from "./simulate.ts";

/**
 * The first thing that was reported, if it is a throw that nobody caught, in
 * words: what follows in a run is often only its echo. Unlike `mishapIn` it
 * tells of any throw, one that may be meant as well.
 */
export function uncaughtIn({ reports }: Run): string | undefined {
  const [crash] = reports;
  if (crash?.kind !== "crash") return undefined;
  return `${crash.label} did not come that far. It threw, and nobody caught it:\n${format(crash.reason)}`;
}
