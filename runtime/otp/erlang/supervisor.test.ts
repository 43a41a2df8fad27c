import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DownMessage } from "../../core/message.ts";
import type { Self } from "../../core/self.ts";
import { seeded } from "../../testing/random.ts";
import { simulate } from "../../testing/simulate.ts";
import { enact } from "./enact.ts";
import { inErlang, type Scenario, scenario } from "./scenario.ts";

const hasErlang = spawnSync("erl", ["-version"]).status === 0;
const SCENARIOS = 150;
/** Change it to see others; a failure names the scenario it is about. */
const SEED = 25;

/** What happens in each scenario under OTP's own supervisor. */
function underErlang(scenarios: readonly Scenario[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "supervised-"));
  try {
    const source = join(import.meta.dirname, "supervised.erl");
    execFileSync("erlc", ["-o", folder, source]);
    writeFileSync(
      join(folder, "scenarios.terms"),
      scenarios.map(inErlang).join(""),
    );
    const main = 'supervised:main(["scenarios.terms"]), halt().';
    const program = ["-noshell", "-eval", main];
    const options = { cwd: folder, encoding: "utf8", timeout: 30_000 } as const;
    return execFileSync("erl", program, options).trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.skipIf(!hasErlang && !process.env.CI)(
  "a supervisor does what OTP's does in scenarios that nobody has chosen (needs erl)",
  () => {
    const random = seeded(SEED);
    const scenarios = Array.from({ length: SCENARIOS }, () => scenario(random));
    const real = underErlang(scenarios);
    expect(real).toHaveLength(SCENARIOS);
    // They are about something: children die, and supervisors give up.
    expect(
      real.filter((line) => line.includes("|gone")).length,
    ).toBeGreaterThan(20);
    for (const [place, one] of scenarios.entries()) {
      for (const seed of [0, 1, 2]) {
        const log: string[] = [];
        const body = (self: Self<DownMessage>) => enact(self, one, log);
        simulate(body, { seed });
        const why = `${inErlang(one)}(scenario ${place}, schedule ${seed})`;
        expect(log.join("|"), why).toBe(real[place]);
      }
    }
  },
  60_000,
);
