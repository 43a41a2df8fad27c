import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { withListing } from "../../real-erlang.ts";
import { inErlang } from "./erlang-text.ts";
import type { Scenario } from "./scenario.ts";

const run = promisify(execFile);

/** Plays scenarios under OTP's own supervisor, all in one `erl`. */
export function tracesOfOtp(scenarios: readonly Scenario[]): Promise<string[]> {
  const source = join(import.meta.dirname, "differential.erl");
  return withListing(source, async (folder) => {
    const file = "scenarios.terms";
    writeFileSync(join(folder, file), scenarios.map(inErlang).join(""));
    const main = `differential:main("${file}").`;
    const options = { cwd: folder, timeout: 60_000 };
    const { stdout } = await run("erl", ["-noshell", "-eval", main], options);
    return stdout.trim().split("\n");
  });
}
