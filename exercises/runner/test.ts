import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// `npm test [02] [02/01]`: everything through vitest, narrowed by chapter; the
// last line counts the tests, so that whoever runs it need not read the rest.
const [chapter] = process.argv.slice(2).filter((word) => /^\d/.test(word));
const flags = process.argv.slice(2).filter((word) => word !== chapter);
const folder = mkdtempSync(join(tmpdir(), "let-it-crash-"));
const results = join(folder, "results.json");

const filters = chapter
  ? [`chapters/${chapter.slice(0, 2)}-`, `exercises/${chapter.slice(0, 2)}-`]
  : [];
const vitest = spawn(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${results}`,
    ...filters,
    ...flags,
  ],
  { stdio: "inherit" },
);

vitest.on("exit", (code) => {
  const { numPassedTests, numFailedTests } = JSON.parse(
    readFileSync(results, "utf8"),
  ) as { numPassedTests: number; numFailedTests: number };
  rmSync(folder, { recursive: true });
  console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
  process.exitCode = code ?? 1;
});
