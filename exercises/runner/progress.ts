import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/** Where a learner is; kept in `.progress.json`, which git ignores. */
export interface Progress {
  /** Exercises whose checks have all held, by id. */
  readonly done: readonly string[];
  /** How many hints have been shown, by exercise. */
  readonly hints: Readonly<Record<string, number>>;
  /** The exercise worked on last. */
  readonly last: string | undefined;
}

const none: Progress = { done: [], hints: {}, last: undefined };
const usual = join(root, ".progress.json");

/**
 * Reads the progress; a file that cannot be read is put aside, not lost.
 *
 * @param warn is told where the old file went.
 */
export function readProgress(
  warn: (line: string) => void = console.error,
  file = usual,
): Progress {
  if (!existsSync(file)) return none;
  try {
    const { done, hints, last } = JSON.parse(readFileSync(file, "utf8"));
    if (Array.isArray(done) && typeof hints === "object" && hints !== null) {
      return {
        done: done.filter((id) => typeof id === "string"),
        hints,
        last: typeof last === "string" ? last : undefined,
      };
    }
  } catch (error) {
    // Not JSON, which is the case below; anything else is not ours to hide.
    if (!(error instanceof SyntaxError)) throw error;
  }
  const aside = `${file}.unreadable`;
  renameSync(file, aside);
  warn(
    `Your progress file could not be read. It is now ${aside}; a new one begins with the next verdict.`,
  );
  return none;
}

/** Writes beside the file and renames, so that a crash leaves the old one. */
export function writeProgress(progress: Progress, file = usual): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${JSON.stringify(progress, null, 2)}\n`);
  renameSync(fresh, file);
}

/** The progress after a verdict on one exercise. */
export function afterVerdict(
  progress: Progress,
  id: string,
  passed: boolean,
): Progress {
  const others = progress.done.filter((other) => other !== id);
  return {
    ...progress,
    done: passed ? [...others, id].sort() : others,
    last: id,
  };
}
