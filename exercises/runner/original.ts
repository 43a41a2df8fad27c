import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/**
 * An exercise's stub as it came: the newest version in git's history that still
 * has its TODO, so that it is found also by those who commit their answers.
 * One that was never committed is what its file says. Otherwise undefined.
 */
export function originalOf(folder: string): string | undefined {
  const path = `${folder}/exercise.ts`;
  const known = fromHistory(path);
  if (known !== undefined) return known;
  const file = join(root, path);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return isStub(text) ? text : undefined;
}

/** The same for many, by folder: git is asked once where its newest will do. */
export function originalsOf(
  folders: readonly string[],
): Map<string, string | undefined> {
  const newest = newestVersions(folders.map((one) => `${one}/exercise.ts`));
  return new Map(
    folders.map((folder, at) => {
      const text = newest[at] ?? "";
      return [folder, isStub(text) ? text : originalOf(folder)];
    }),
  );
}

/** What the last commit has of each path; nothing of one that it lacks. */
function newestVersions(paths: readonly string[]): (string | undefined)[] {
  const { status, stdout } = spawnSync("git", ["cat-file", "--batch"], {
    cwd: root,
    input: paths.map((path) => `HEAD:./${path}\n`).join(""),
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) return [];
  let at = 0;
  return paths.map(() => {
    // `<hash> blob <bytes>`, the text and a newline; or `<path> missing`.
    const end = stdout.indexOf("\n", at);
    const size = / blob (\d+)$/.exec(stdout.toString("utf8", at, end))?.[1];
    at = end + 1;
    if (size === undefined) return undefined;
    const text = stdout.toString("utf8", at, at + Number(size));
    at += Number(size) + 1;
    return text;
  });
}

function isStub(text: string): boolean {
  return text.includes("TODO(you)");
}

function fromHistory(path: string): string | undefined {
  const git = (...words: string[]) =>
    execFileSync("git", words, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  try {
    for (const commit of git("log", "--format=%H", "--", path).split("\n")) {
      if (commit === "") continue;
      // A commit that removed the file has no version of it to show.
      const here = git("ls-tree", "--name-only", commit, "--", path);
      const text = here === "" ? "" : git("show", `${commit}:${path}`);
      if (isStub(text)) return text;
    }
  } catch {
    // No git, or no repository: the caller says what that means.
  }
  return undefined;
}
