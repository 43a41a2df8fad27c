import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { soak } from "./soak.ts";

// npm run soak                chapter 7's chat through every fault, three times
// npm run soak -- 42 10       with seed 42, ten times
const [seed = 1, rounds = 3] = process.argv.slice(2).map(Number);
if (!Number.isInteger(seed) || !(rounds >= 1)) {
  console.error("npm run soak -- [SEED [ROUNDS]], both whole numbers.");
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "soak-"));
try {
  const options = { seed, rounds, regulars: 30, idleConnections: 1_000 };
  const { acknowledged, peakMegabytes } = await soak(folder, options, (line) =>
    console.log(line),
  );
  console.log(
    `seed ${seed}: of ${acknowledged} messages that came back none was lost; ` +
      `the chat node took ${Math.round(peakMegabytes)} MB at most.`,
  );
} catch (error) {
  console.error(`seed ${seed}: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
