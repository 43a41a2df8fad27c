import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isProgram } from "../../site/is-program.ts";
import { type Exercise, exercises } from "./catalogue.ts";
import { pickOne } from "./pick.ts";
import { readProgress, writeProgress } from "./progress.ts";
import { root } from "./root.ts";
import { nextOf } from "./standing.ts";

/** The tiers of a `hints.md`, each with its heading. */
export function tiersOf(text: string): string[] {
  return text
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith("## "))
    .map((part) => part.replace(/^## +/, "").trim());
}

/** Shows one hint more than the last time, and remembers that it did. */
export function nextHint(exercise: Exercise): string {
  const file = join(root, exercise.folder, "hints.md");
  const tiers = existsSync(file) ? tiersOf(readFileSync(file, "utf8")) : [];
  if (tiers.length === 0) return `${exercise.id} has no hints.`;
  const progress = readProgress();
  const shown = Math.min((progress.hints[exercise.id] ?? 0) + 1, tiers.length);
  const hints = { ...progress.hints, [exercise.id]: shown };
  writeProgress({ ...progress, hints });
  const title = `${exercise.id} ${exercise.title}: hint ${shown} of ${tiers.length}`;
  const text = tiers.slice(0, shown).join("\n\n");
  const more =
    shown < tiers.length
      ? "Ask again for the next one."
      : "That was the last. Compare with the solution when you have tried.";
  return `${title}\n\n${text}\n\n${more}`;
}

if (isProgram(import.meta.url)) {
  const [word] = process.argv.slice(2);
  const all = exercises();
  const { done, last } = readProgress();
  const unfinished = last !== undefined && !done.includes(last);
  const wanted = word ?? (unfinished ? last : nextOf(all, done)?.id);
  const exercise = wanted
    ? pickOne("hint", wanted, all)
    : "Every exercise is done. For a hint nevertheless: npm run hint 02/01";
  if (typeof exercise === "object") console.log(nextHint(exercise));
  else {
    console.error(exercise);
    process.exitCode = 1;
  }
}
