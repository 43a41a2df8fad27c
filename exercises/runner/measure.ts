import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { exercises } from "./catalogue.ts";
import { FreshCopy } from "./fresh-copy.ts";
import { root } from "./root.ts";

// From a save to the verdict on the screen, in a copy of the book with the
// site and the watcher running, as `npm start` runs them. Median of 20.
const [word = "02/01"] = process.argv.slice(2);
const exercise = exercises().find(({ id }) => id === word);
if (!exercise) throw new Error(`There is no exercise ${word}.`);
const [, chapter = "", name = ""] = exercise.folder.split("/");
const solution = join(root, "solutions", chapter, `${name}.ts`);

const copy = new FreshCopy();
const started = copy.run("exercises/runner/start.ts", "--no-open");
await started.printed(/Save an exercise/);
const file = join(copy.root, exercise.folder, "exercise.ts");
const times: number[] = [];
for (let i = 0; i < 20; i++) {
  const from = started.output.length;
  const savedAt = performance.now();
  // Each save differs, as a learner's does.
  if (i === 0) cpSync(solution, file);
  else writeFileSync(file, `${readFileSync(solution, "utf8")}// ${i}\n`);
  await started.printed(/Every check holds/, from);
  times.push(performance.now() - savedAt);
}
await copy.remove();
times.sort((a, b) => a - b);
const at = (share: number) =>
  times[Math.floor(times.length * share)]?.toFixed(0);
console.log(
  `save to verdict: median ${at(0.5)} ms, slowest ${times.at(-1)?.toFixed(0)} ms of ${times.length} (${exercise.id})`,
);
