import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inErlang } from "./erlang-text.ts";
import type { Scenario } from "./scenario.ts";

/** Plays scenarios under OTP's own supervisor, all in one `erl`. */
export function tracesOfOtp(scenarios: readonly Scenario[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "differential-"));
  const options = { cwd: folder, encoding: "utf8", timeout: 60_000 } as const;
  try {
    const source = join(import.meta.dirname, "differential.erl");
    execFileSync("erlc", ["-o", folder, source]);
    const file = "scenarios.terms";
    writeFileSync(join(folder, file), scenarios.map(inErlang).join(""));
    const main = `differential:main("${file}").`;
    const output = execFileSync("erl", ["-noshell", "-eval", main], options);
    return output.trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
