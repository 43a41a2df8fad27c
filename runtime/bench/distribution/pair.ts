import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { bundled } from "../bundled.ts";

/** Round trips one after the other, and items sent without waiting. */
export interface Amount {
  readonly trips: number;
  readonly items: number;
}

/** What one run between two nodes gave. */
export interface Run {
  readonly microsecondsPerTrip: number;
  readonly itemsPerSecond: number;
}

/** The command line of a node of one kind, with this role and these words. */
export interface Kind {
  readonly name: string;
  command(role: "echo" | "drive", node: string, words: string[]): string[];
}

/** Nodes of this runtime, bundled into one file for plain node. */
export function ours(folder: string, epmdPort: number): Kind {
  const source = join(import.meta.dirname, "node.ts");
  const program = bundled(source, folder, "node.mjs");
  return {
    name: "ours",
    command: (role, node, words) =>
      [process.execPath, program, role, `${epmdPort}`, node].concat(words),
  };
}

/** Nodes of real Erlang. */
export function erlang(folder: string): Kind {
  const source = join(import.meta.dirname, "distribution.erl");
  execFileSync("erlc", ["-o", folder, source]);
  return {
    name: "erlang",
    command(role, node, [peer, ...counts]) {
      const words = peer === undefined ? [] : [`'${peer}'`, ...counts];
      const place = ["-name", node, "-setcookie", "bench", "-pa", folder];
      const code = `distribution:${role}(${words.join(", ")}).`;
      return ["erl", "-noshell", ...place, "-eval", code];
    },
  };
}

/**
 * Two nodes in a process each: one echoes, one drives.
 *
 * @throws Error if one of them ends before its time.
 */
export async function run(
  kind: Kind,
  epmdPort: number,
  { trips, items }: Amount,
): Promise<Run> {
  const [first, second] = ["echo@127.0.0.1", "drive@127.0.0.1"];
  const start = (words: string[]) => {
    const [program = "", ...rest] = words;
    return spawn(program, rest, {
      env: { ...process.env, ERL_EPMD_PORT: `${epmdPort}` },
      stdio: ["pipe", "pipe", "inherit"],
    });
  };
  const echo = start(kind.command("echo", first, []));
  try {
    const early = once(echo, "exit").then(() => []);
    const [ready] = await Promise.race([once(echo.stdout, "data"), early]);
    if (ready === undefined) throw new Error(`${kind.name} did not start.`);
    const words = [first, `${trips}`, `${items}`];
    const drive = start(kind.command("drive", second, words));
    const [tripMs, itemMs] = (await text(drive.stdout)).split(" ").map(Number);
    if (!tripMs || !itemMs) throw new Error(`${kind.name} did not finish.`);
    return {
      microsecondsPerTrip: (tripMs / trips) * 1_000,
      itemsPerSecond: (items / itemMs) * 1_000,
    };
  } finally {
    await end(echo);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.stdin?.end();
  await once(child, "exit");
}
