import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { foldersIn, titleIn } from "../../site/catalogue.ts";
import { root } from "./root.ts";

/** An exercise as the tree says it: no list repeats it. */
export interface Exercise {
  /** `02/01`: what a learner types. */
  readonly id: string;
  readonly title: string;
  /** Relative to the repository's root, with forward slashes. */
  readonly folder: string;
  readonly stub: string;
  readonly check: string;
}

/** Every exercise, in the order in which they are meant to be done. */
export function exercises(): Exercise[] {
  return foldersIn(join(root, "exercises")).flatMap((chapter) =>
    foldersIn(join(root, "exercises", chapter))
      .map((name) => exerciseIn(`exercises/${chapter}/${name}`))
      .filter((found) => found !== undefined),
  );
}

function exerciseIn(folder: string): Exercise | undefined {
  const check = join(root, folder, "check.test.ts");
  // A folder is an exercise from the moment it can be checked.
  if (!existsSync(check)) return undefined;
  const [, chapter = "", name = ""] = folder.split("/");
  const id = `${chapter.slice(0, 2)}/${name.slice(0, 2)}`;
  const stub = join(root, folder, "exercise.ts");
  return { id, title: titleOf(folder, name), folder, stub, check };
}

/** Whether the learner has begun: the stub's TODO is gone. */
export function isBegun({ stub }: Exercise): boolean {
  return existsSync(stub) && !readFileSync(stub, "utf8").includes("TODO(you)");
}

function titleOf(folder: string, name: string): string {
  const readme = join(root, folder, "README.md");
  const text = existsSync(readme) ? readFileSync(readme, "utf8") : "";
  return titleIn(text) ?? name;
}
