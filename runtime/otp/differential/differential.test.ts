import { beforeAll, describe, expect, test } from "vitest";
import { withoutErlang } from "../../real-erlang.ts";
import { inErlang } from "./erlang-text.ts";
import { normalForm } from "./normal-form.ts";
import { trace } from "./player.ts";
import { tracesOfOtp } from "./real-otp.ts";
import type { Scenario } from "./scenario.ts";
import { families } from "./scenarios.ts";

/** Change it to see others. A failure shows its scenario in Erlang's words. */
const SEED = 3;

describe.skipIf(withoutErlang)(
  "our supervisor does what OTP's does (needs erl)",
  () => {
    const all = families(SEED);
    const real = new Map<Scenario, string[]>();

    beforeAll(async () => {
      const scenarios = all.flatMap((family) => family.scenarios);
      const traces = await tracesOfOtp(scenarios);
      expect(traces).toHaveLength(scenarios.length);
      for (const [place, scenario] of scenarios.entries()) {
        real.set(scenario, normalForm(traces[place] as string, scenario));
      }
    }, 120_000);

    test.each(all)(
      "$about",
      ({ scenarios }) => {
        for (const [place, scenario] of scenarios.entries()) {
          // The plain order, and every scenario under another order too.
          for (const seed of [0, place + 1]) {
            expect(
              normalForm(trace(scenario, seed), scenario),
              `${scenario.title}, schedule ${seed}: ${inErlang(scenario)}`,
            ).toEqual(real.get(scenario));
          }
        }
      },
      60_000,
    );
  },
);
