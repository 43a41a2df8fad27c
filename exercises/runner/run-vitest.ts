import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Count } from "./count-reporter.ts";
import { root } from "./root.ts";

/** What became of a run of vitest: its code, and what it counted. */
export interface Ran extends Count {
  readonly code: number;
}

/** Runs the tests of the book itself; the learner's checks are not among them. */
export async function runVitest(words: readonly string[]): Promise<Ran> {
  // It takes a path for an address, and would print pages about what it misses.
  if (/[#?%]/.test(root)) {
    console.error(
      `The book's own tests cannot run in ${root}: vitest takes no "#", "?" or "%" in a path. Rename the folder. npm test 02/01 judges your answer all the same.`,
    );
    return { passed: 0, failed: 0, code: 1 };
  }
  // Certificates that a company adds: no test leaves this machine, and reading
  // them costs each of a hundred processes 0.05 s.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  // vitest colours its lines in a pipe as well.
  if (!process.stdout.isTTY) env.NO_COLOR = "1";
  const vitest = spawn(
    process.execPath,
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      "--reporter=default",
      `--reporter=${join(root, "exercises/runner/count-reporter.ts")}`,
      "--exclude=exercises/*/*/check.test.ts",
      ...words,
    ],
    { stdio: ["inherit", "inherit", "inherit", "ipc"], cwd: root, env },
  );
  // Asked to end, it first lets vitest end, and that what it has started.
  let stopped: NodeJS.Signals | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stopped = signal;
      vitest.kill(signal);
    });
  }
  let count: Count = { passed: 0, failed: 0 };
  vitest.on("message", (heard: Count) => {
    count = heard;
  });
  return new Promise((resolve) => {
    vitest.on("exit", (code) => {
      if (stopped) process.kill(process.pid, stopped);
      else resolve({ ...count, code: code ?? 1 });
    });
  });
}
