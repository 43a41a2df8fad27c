import type { Scenario } from "./scenario.ts";

/**
 * A trace's lines, those that OTP promises no order for sorted: children of
 * one template are stopped all at the same time.
 */
export function normalForm(trace: string, { tree }: Scenario): string[] {
  const lines = trace.split("|").map((line) => line.trim());
  if (tree.strategy !== "simple_one_for_one") return lines;
  const sorted: string[] = [];
  let stops: string[] = [];
  for (const line of lines) {
    if (line.startsWith("stop ")) stops.push(line);
    else {
      sorted.push(...stops.sort(), line);
      stops = [];
    }
  }
  return sorted;
}
