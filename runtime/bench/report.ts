import type { ContenderName, Sample } from "./contender.ts";
import type { Work } from "./work.ts";

/** All that was measured of one work. */
export interface Measured {
  readonly work: Work;
  readonly samples: ReadonlyMap<ContenderName, readonly Sample[]>;
}

/** A ratio or a weight, beside what it ought to be. */
export interface Judgement {
  readonly text: string;
  readonly verdict: "reached" | "missed" | "no target";
}

const LIBRARIES: readonly ContenderName[] = ["xstate", "comedy"];
const COLUMNS: readonly ContenderName[] = [
  "ours",
  "erlang",
  ...LIBRARIES,
  "callback",
];

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  if (sorted.length % 2 === 1) return upper;
  return ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Compares us with the others; says nothing of those that were not measured. */
export function judge({ work, samples }: Measured): Judgement[] {
  const time = (name: ContenderName) => medianTime(samples.get(name));
  const judgements: Judgement[] = [];
  const compare = (label: string, other: number, target?: number) => {
    const ratio = other / time("ours");
    if (Number.isNaN(ratio)) return;
    const text = `${ratio.toFixed(2)} × ${label}`;
    judgements.push(atLeast(text, ratio, target));
  };
  compare("BEAM", time("erlang"), work.timesBeam);
  const best = LIBRARIES.filter((name) => !Number.isNaN(time(name))).sort(
    (a, b) => time(a) - time(b),
  )[0];
  if (best) compare(best, time(best), work.timesLibrary);
  const weight = median((samples.get("ours") ?? []).map((s) => s.idleBytes));
  if (work.idleKilobytes !== undefined && !Number.isNaN(weight)) {
    judgements.push(atMost(weight / 1_024, work.idleKilobytes));
  }
  return judgements;
}

/** The whole report: times, then how they compare, then memory. */
export function report(all: readonly Measured[]): string {
  const present = COLUMNS.filter((name) =>
    all.some(({ samples }) => samples.get(name)?.length),
  );
  const head = ["µs each (median)", "per", ...present];
  const rows = all.map(({ work, samples }) => [
    work.title,
    work.unit,
    ...present.map((name) => number(medianTime(samples.get(name)), 3)),
  ]);
  const weighed = all.filter(({ work }) => work.idleKilobytes !== undefined);
  const weights = weighed.map(({ samples }) => [
    "KB for each idle process",
    "process",
    ...present.map((name) => {
      const bytes = (samples.get(name) ?? []).map((each) => each.idleBytes);
      return number(median(bytes) / 1_024, 2);
    }),
  ]);
  const judgements = all.flatMap((measured) =>
    judge(measured).map(({ text, verdict }, i) => [
      i === 0 ? measured.work.title : "",
      text,
      verdict,
    ]),
  );
  return [
    ...columns([head, ...rows, ...weights]),
    "",
    "How often the others' rate (more is better), and the targets:",
    ...columns(judgements),
  ].join("\n");
}

function medianTime(samples: readonly Sample[] = []): number {
  return median(samples.map(({ microseconds }) => microseconds));
}

function atLeast(text: string, value: number, target?: number): Judgement {
  if (target === undefined) return { text, verdict: "no target" };
  return {
    text: `${text} (target ≥ ${target.toFixed(2)})`,
    verdict: value >= target ? "reached" : "missed",
  };
}

function atMost(kilobytes: number, target: number): Judgement {
  return {
    text: `${kilobytes.toFixed(2)} KB idle (target ≤ ${target})`,
    verdict: kilobytes <= target ? "reached" : "missed",
  };
}

function number(value: number, digits: number): string {
  return Number.isNaN(value) ? "-" : value.toFixed(digits);
}

/** Pads every column to its widest cell. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
