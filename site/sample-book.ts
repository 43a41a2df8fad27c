import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { Generator, type Site } from "./generate.ts";

/** A small book on disk, for one test: path to contents. */
export type Pages = Readonly<Record<string, string>>;

/** A chapter that shows a region and what the program prints. */
export const oneChapter: Pages = {
  "chapters/01-echo/index.md": `# 1. Echo

Words.

## First

[code: hello](echo.ts)

## Second

[output](echo.out)

## Third

See [the first](#first) and [the whole program](echo.ts).
`,
  "chapters/01-echo/echo.ts": `// #region hello
export const hello = "<hi>";
// #endregion
`,
  "chapters/01-echo/echo.out": "hi\n",
};

/** An exercise of that chapter, with its three hints. */
export const oneExercise: Pages = {
  "exercises/01-echo/01-shout/README.md": "# Shout\n\nMake it louder.\n",
  "exercises/01-echo/01-shout/exercise.ts":
    "export const shout = 1; // TODO(you)\n",
  "exercises/01-echo/01-shout/hints.md":
    "## Where to look\n\nOne.\n\n## What to change\n\nTwo.\n\n## Almost there\n\nThree.\n",
};

/** Writes a book into a folder that is removed after the test. */
export function written(pages: Pages): string {
  const root = write(pages);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** The site of a book. */
export function siteOf(pages: Pages): Site {
  const root = write(pages);
  try {
    return new Generator(root).site();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function write(pages: Pages): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "let-it-crash-site-")));
  for (const [path, text] of Object.entries(pages)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** What is wrong with a book, as the terminal would say it. */
export function problemsOf(pages: Pages): string[] {
  return siteOf(pages).problems.map(
    ({ code, message }) => `${code} ${message}`,
  );
}

/** The problems of a book with one chapter of this text and these files. */
export function problemsIn(markdown: string, files: Pages = {}): string[] {
  return problemsOf(inChapter(markdown, files));
}

/** The page of a chapter of this text and these files. */
export function pageOf(markdown: string, files: Pages = {}): string {
  const { files: built, problems } = siteOf(inChapter(markdown, files));
  if (problems.length > 0) throw problems[0];
  return built.get("01-one/index.html") ?? "";
}

function inChapter(markdown: string, files: Pages): Pages {
  const named = Object.entries(files).map(([name, text]) => [
    `chapters/01-one/${name}`,
    text,
  ]);
  return {
    "chapters/01-one/index.md": `# One\n\n${markdown}\n`,
    ...Object.fromEntries(named),
  };
}
