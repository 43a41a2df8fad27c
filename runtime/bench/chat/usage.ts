import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The kernel's clock for processes ticks a hundred times a second on Linux. */
const TICK_SECONDS = 0.01;

/** What another process has used. NaN where the system does not tell. */
export interface Usage {
  /** Of all its threads together. */
  readonly cpuSeconds: number;
  /** Resident memory now. */
  readonly megabytes: number;
  /** The most resident memory that it has had. */
  readonly peakMegabytes: number;
}

/** Asks /proc, and `ps` where there is none. */
export function usageOf(pid: number): Usage {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return {
      cpuSeconds: cpuSecondsIn(stat),
      megabytes: megabytesIn(status, "VmRSS"),
      peakMegabytes: megabytesIn(status, "VmHWM"),
    };
  } catch {
    return { ...UNKNOWN, megabytes: askPs(pid) };
  }
}

const UNKNOWN: Usage = {
  cpuSeconds: Number.NaN,
  megabytes: Number.NaN,
  peakMegabytes: Number.NaN,
};

/** Fields 14 and 15, counted from the end of the name, which may hold spaces. */
export function cpuSecondsIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
}

export function megabytesIn(status: string, name: string): number {
  const found = status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, "m"));
  return Number(found?.[1]) / 1_024;
}

function askPs(pid: number): number {
  try {
    const words = ["-o", "rss=", "-p", `${pid}`];
    return Number(execFileSync("ps", words, { encoding: "utf8" })) / 1_024;
  } catch {
    return Number.NaN;
  }
}
