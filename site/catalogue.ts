import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SiteError } from "./site-error.ts";

/** A page that is written by hand: a chapter or an exercise. */
export interface Entry {
  readonly kind: "chapter" | "exercise";
  /** The Markdown file, relative to the repository's root. */
  readonly file: string;
  readonly folder: string;
  readonly url: string;
  readonly title: string;
}

export interface Chapter extends Entry {
  readonly exercises: readonly Entry[];
}

const numbered = /^\d\d-[a-z0-9-]+$/;

/**
 * Reads what the tree says: the number is the order, the slug is the address,
 * the first heading is the title. No list repeats it.
 */
export function catalogueOf(root: string, problems: SiteError[]): Chapter[] {
  return foldersIn(join(root, "chapters")).flatMap((name): Chapter[] => {
    const chapter = entry("chapter", `chapters/${name}`, "index.md", name);
    if (!chapter) return [];
    const exercises = foldersIn(join(root, "exercises", name)).flatMap(
      (inner) => {
        const folder = `exercises/${name}/${inner}`;
        const url = `${name}/${inner}`;
        return entry("exercise", folder, "README.md", url) ?? [];
      },
    );
    return [{ ...chapter, exercises }];
  });

  function entry(
    kind: Entry["kind"],
    folder: string,
    name: string,
    path: string,
  ): Entry | undefined {
    const file = `${folder}/${name}`;
    const cure =
      kind === "chapter"
        ? "Write it, or remove the folder."
        : "Write it: the situation, the task, what is out of scope.";
    if (!existsSync(join(root, file))) {
      problems.push(
        new SiteError("no-page", file, 1, `this file is missing. ${cure}`),
      );
      return undefined;
    }
    const title = titleIn(readFileSync(join(root, file), "utf8"));
    if (title === undefined) {
      problems.push(
        new SiteError(
          "no-title",
          file,
          1,
          'the page has no title. Begin it with a line "# …".',
        ),
      );
      return undefined;
    }
    return { kind, file, folder, url: `/${path}/`, title };
  }
}

/** The first heading of a page, as plain text. */
export function titleIn(text: string): string | undefined {
  const heading = /^# +(.+?)\s*#*$/m.exec(text)?.[1];
  return heading?.replace(/[`*]/g, "");
}

/** The numbered folders in a folder, in order. */
export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((found) => found.isDirectory() && numbered.test(found.name))
    .map(({ name }) => name)
    .sort();
}
