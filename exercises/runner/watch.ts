import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { watchFiles } from "../../site/watch-files.ts";
import { root } from "./bundle.ts";
import { type Exercise, exercises } from "./catalogue.ts";
import { judge } from "./judge.ts";
import type { Paint } from "./paint.ts";
import { CheckRunner } from "./run-checks.ts";

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
  let isBusy = false;
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
      if (saved && existsSync(saved.stub)) void check(saved);
    },
  );
  await warm;
  return { check, close };

  async function check(exercise: Exercise): Promise<void> {
    waiting.set(exercise.id, exercise);
    if (isBusy) return;
    isBusy = true;
    for (const [id, next] of waiting) {
      waiting.delete(id);
      const { text } = await judge(next, runner, paint);
      if (!isClosed) show(text, next);
    }
    isBusy = false;
  }

  async function close(): Promise<void> {
    isClosed = true;
    runner.close();
    await files.close();
  }
}
