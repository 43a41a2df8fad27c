import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isProgram } from "../../site/is-program.ts";
import { type Exercise, exercises } from "./catalogue.ts";
import { originalOf } from "./original.ts";
import { pickOne } from "./pick.ts";
import { readProgress, writeProgress } from "./progress.ts";

/** Puts an exercise back as it came; the learner's text stays beside it. */
export function reset(exercise: Exercise): string {
  const stub = withoutReturns(originalOf(exercise.folder));
  if (stub === undefined) {
    return `The stub of ${exercise.id} cannot be put back: it is taken from git's history, and either git is not installed or this folder was not cloned with it. Copy ${exercise.folder}/exercise.ts out of a fresh download of the book.`;
  }
  if (existsSync(exercise.stub)) {
    if (withoutReturns(readFileSync(exercise.stub, "utf8")) === stub) {
      return `${exercise.id} is as it came; there is nothing to put back.`;
    }
    const kept = freeName(exercise.stub);
    renameSync(exercise.stub, kept);
    put(exercise, stub);
    return `${exercise.id} is as it came. Your text is kept as ${basename(kept)} beside it.`;
  }
  put(exercise, stub);
  return `${exercise.id} is as it came.`;
}

/** As the book has its lines; an editor on Windows may end them otherwise. */
function withoutReturns<T extends string | undefined>(text: T): T {
  return text?.replaceAll("\r\n", "\n") as T;
}

function put(exercise: Exercise, stub: string): void {
  writeFileSync(exercise.stub, stub);
  const progress = readProgress();
  const done = progress.done.filter((id) => id !== exercise.id);
  writeProgress({ ...progress, done, last: exercise.id });
}

function freeName(file: string): string {
  for (let i = 1; ; i++) {
    const name = join(dirname(file), `exercise.mine-${i}.ts`);
    if (!existsSync(name)) return name;
  }
}

if (isProgram(import.meta.url)) {
  const [word] = process.argv.slice(2);
  const exercise = word
    ? pickOne("reset", word, exercises())
    : "Which exercise? Name one like this: npm run reset 02/01";
  if (typeof exercise === "object") console.log(reset(exercise));
  else {
    console.error(exercise);
    process.exitCode = 1;
  }
}
