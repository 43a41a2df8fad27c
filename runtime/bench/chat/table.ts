import type { MeasuredChat, Phase } from "./measure.ts";
import type { ChatBenchOptions } from "./options.ts";

/** From here on the clients hold up the servers: a figure is a lower bound. */
const BUSY = 0.9;

/** The value below which so much of them lies; `share` is 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return (
    sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
  );
}

interface Row {
  readonly title: string;
  readonly value: (measured: MeasuredChat) => number;
  readonly digits: number;
  /** Which is better; without it there is no ratio. */
  readonly better?: "more" | "less";
}

const perSecond = (
  title: string,
  count: "sent" | "delivered",
  of: (measured: MeasuredChat) => Phase,
): Row => ({
  title: `  ${title}`,
  value: (measured) => of(measured)[count] / of(measured).seconds,
  digits: count === "sent" ? 1 : 0,
  better: "more",
});

const latency = (title: string, share: number): Row => ({
  title: `  latency, ${title} (ms)`,
  value: ({ steady }) => percentile(steady.latenciesMs, share),
  digits: 1,
  better: "less",
});

const cpu = (of: (measured: MeasuredChat) => Phase): Row => ({
  title: "  CPU of the chat node per delivery (µs)",
  value: (measured) => (of(measured).cpuSeconds / of(measured).delivered) * 1e6,
  digits: 1,
  better: "less",
});

/** A table with a column for each chat, and how ours compares. */
export function table(
  all: readonly MeasuredChat[],
  { clients, rate, seconds }: ChatBenchOptions,
): string {
  const steady = ({ steady }: MeasuredChat) => steady;
  const fast = ({ flatOut }: MeasuredChat) => flatOut;
  const log = (m: MeasuredChat) => m.logInSeconds;
  const groups: readonly (string | Row)[] = [
    { title: "log in, all (s)", value: log, digits: 1, better: "less" },
    `${rate} messages a second for ${seconds} s`,
    perSecond("sent, a second", "sent", steady),
    perSecond("delivered, a second", "delivered", steady),
    latency("median", 0.5),
    latency("99th percentile", 0.99),
    cpu(steady),
    `as fast as it goes for ${seconds} s`,
    perSecond("sent, a second", "sent", fast),
    perSecond("delivered, a second", "delivered", fast),
    cpu(fast),
    {
      title: "memory of the chat node, peak (MB)",
      value: (m) => m.peakMegabytes,
      digits: 0,
      better: "less",
    },
    { title: "lost", value: (m) => m.lost, digits: 0 },
    { title: "out of order", value: (m) => m.outOfOrder, digits: 0 },
  ];
  const names = all.map(({ name }) => name as string);
  const isCompared = all.length === 2;
  const head = [`${clients} clients`, ...names, isCompared ? "× erlang" : ""];
  const rows = groups.map((row) =>
    typeof row === "string" ? [row] : cells(row, all),
  );
  return columns([head, ...rows]).join("\n");
}

/** What has to be said of the figures before they are believed. */
export function remarks(all: readonly MeasuredChat[]): string[] {
  return all.flatMap(({ name, flatOut, lost, outOfOrder }) => [
    ...(lost + outOfOrder > 0
      ? [`${name} lost ${lost} and put ${outOfOrder} out of order: a mistake.`]
      : []),
    ...(flatOut.driverBusy > BUSY
      ? [
          `The clients were ${Math.round(flatOut.driverBusy * 100)} % busy with ${name}: it can do at least as much.`,
        ]
      : []),
  ]);
}

function cells(row: Row, all: readonly MeasuredChat[]): string[] {
  const values = all.map(row.value);
  const [ours = Number.NaN, erlang = Number.NaN] = values;
  const ratio = row.better === "less" ? erlang / ours : ours / erlang;
  const compared = row.better && Number.isFinite(ratio);
  return [
    row.title,
    ...values.map((v) => (Number.isNaN(v) ? "-" : v.toFixed(row.digits))),
    compared ? ratio.toFixed(2) : "",
  ];
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) =>
        at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
