import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./bundle.ts";
import { exercises, isBegun } from "./catalogue.ts";
import { paintFor } from "./paint.ts";
import { afterVerdict, readProgress, writeProgress } from "./progress.ts";
import { invitation, nextOf, standing } from "./standing.ts";

// `npm test [02 | 02/01]`: everything through vitest, or what belongs to one
// chapter or exercise; then the learner's progress. The last line counts.
const words = process.argv.slice(2);
const wanted = words.find((word) => /^\d\d?(?:[/.-]\d\d?)?$/.test(word));
const flags = words.filter((word) => word !== wanted);
const [chapter, exercise] = (wanted ?? "")
  .split(/[/.-]/)
  .map((digits) => digits.padStart(2, "0"));
const folder = mkdtempSync(join(tmpdir(), "let-it-crash-"));
const results = join(folder, "results.json");
const paint = paintFor(process.stdout);

const all = exercises();
const begun = all.filter(isBegun);
const its = all.filter(
  ({ id }) =>
    !wanted ||
    id === `${chapter}/${exercise}` ||
    (!exercise && id.startsWith(`${chapter}/`)),
);
const filters = !wanted
  ? []
  : exercise
    ? its.map(({ folder }) => `${folder}/`)
    : [`chapters/${chapter}-`, `exercises/${chapter}-`];

if (exercise && its.length === 0) {
  console.error(
    `There is no exercise ${wanted}. Name one like this: npm test 02/01`,
  );
  process.exit(1);
}

const vitest = spawn(
  process.execPath,
  [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${results}`,
    ...filters,
    ...flags,
  ],
  { stdio: "inherit", cwd: root },
);

vitest.on("exit", (code) => {
  const report = existsSync(results)
    ? (JSON.parse(readFileSync(results, "utf8")) as Report)
    : undefined;
  rmSync(folder, { recursive: true });
  if (!report) {
    console.error(
      "vitest ended before it had a result; what it said is above.",
    );
    process.exitCode = code || 1;
    return;
  }
  tellProgress(report);
  console.log(
    `\n${report.numPassedTests} passed, ${report.numFailedTests} failed`,
  );
  process.exitCode = code ?? 1;
});

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { name: string; status: string }[];
}

function tellProgress({ testResults }: Report): void {
  let progress = readProgress();
  for (const one of begun) {
    const file = testResults.find(({ name }) => name === one.check);
    if (file) {
      const { last } = progress;
      const passed = file.status === "passed";
      progress = { ...afterVerdict(progress, one.id, passed), last };
    }
  }
  if (begun.length > 0) writeProgress(progress);
  const toDo = its.filter((one) => !begun.includes(one)).length;
  console.log(`\n${paint("bold", "Your exercises")}`);
  console.log(standing(all, progress.done));
  console.log(
    `  ${toDo} to do${wanted ? ` in ${wanted}` : ""}, ${its.length - toDo} begun\n`,
  );
  console.log(invitation(nextOf(all, progress.done)));
}
