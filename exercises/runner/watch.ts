import { existsSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { watchFiles } from "../../site/watch-files.ts";
import { type Exercise, exercises } from "./catalogue.ts";
import { judge } from "./judge.ts";
import type { Paint } from "./paint.ts";
import { text } from "./place.ts";
import { root } from "./root.ts";
import { CheckRunner } from "./run-checks.ts";
import { typeErrors, typesSay } from "./type-errors.ts";

/** A watcher of the exercises, and what the keyboard may ask of it. */
export interface Watcher {
  /** Checks one exercise now, whether it has changed or not. */
  check(exercise: Exercise): Promise<void>;
  close(): Promise<void>;
}

/**
 * Checks an exercise whenever it is saved.
 *
 * @param show is given each verdict; saves that come faster than verdicts are
 * answered once, with the newest text.
 */
export async function watch(
  show: (text: string, exercise: Exercise) => void,
  paint: Paint,
): Promise<Watcher> {
  const runner = new CheckRunner();
  const warm = runner.warm();
  const waiting = new Map<string, Exercise>();
  /** Of each exercise, the change that was judged last. */
  const judged = new Map<string, number | undefined>();
  let isBusy = false;
  /** Stops the compiler, which may be reading an answer. */
  let reading = new AbortController();
  let isClosed = false;

  const files = await watchFiles(
    ["exercises", "runtime"].map((name) => join(root, name)),
    (path, stats) =>
      stats?.isFile() === true && !/exercise\.ts$|runtime.*\.ts$/.test(path),
    (path) => {
      const file = relative(root, path).replaceAll("\\", "/");
      if (file.startsWith("runtime/")) return runner.forgetRuntime();
      const saved = exercises().find(
        ({ folder }) => file === `${folder}/exercise.ts`,
      );
      if (!saved || !existsSync(saved.stub)) return;
      // Told twice about one save, as happens, we answer once.
      if (judged.get(saved.id) !== changedAt(saved)) void check(saved);
    },
  );
  await warm;
  return { check, close };

  async function check(exercise: Exercise): Promise<void> {
    waiting.set(exercise.id, exercise);
    // What it reads is old now, and the verdict would wait for the processor.
    reading.abort();
    if (isBusy) return;
    isBusy = true;
    for (const [id, next] of waiting) {
      waiting.delete(id);
      judged.set(id, changedAt(next));
      try {
        const judgement = await judge(next, runner, paint);
        if (!isClosed) show(judgement.text, next);
        // What does not run cannot be read by the compiler either.
        if (judgement.result.kind === "ran") void readTypes(next);
      } catch (error) {
        // A virus scanner holds a file, the disk is full: the next save may go.
        show(`${next.id} was not judged: ${text(error)}. Save it again.`, next);
      }
    }
    isBusy = false;
  }

  /** The compiler is slower than the checks: it speaks up behind the verdict. */
  async function readTypes(exercise: Exercise): Promise<void> {
    const mine = new AbortController();
    reading = mine;
    const complaints = await typeErrors([exercise.stub], mine.signal);
    const isLate = isClosed || mine.signal.aborted;
    if (complaints && !isLate) show(typesSay(complaints, paint), exercise);
  }

  async function close(): Promise<void> {
    isClosed = true;
    reading.abort();
    runner.close();
    await files.close();
  }
}

function changedAt({ stub }: Exercise): number | undefined {
  return statSync(stub, { throwIfNoEntry: false })?.mtimeMs;
}
