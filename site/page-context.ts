import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Entry } from "./catalogue.ts";
import { SiteError } from "./site-error.ts";

/** What rendering one page needs to know, and what it leaves behind. */
export interface PageContext {
  readonly root: string;
  readonly url: string;
  readonly folder: string;
  /** The Markdown file that is being read, for messages. */
  file: string;
  readonly pages: ReadonlySet<string>;
  /** Every file the page depends on; a missing one too, so that it is watched. */
  readonly used: Set<string>;
  /** Regions the page shows, as `file#region`. */
  readonly shown: Set<string>;
  /** Files that the page links to and that need a page of their own. */
  readonly sources: Set<string>;
  readonly headings: Heading[];
  /** What has to be mended before the book is built, and harms no reader. */
  readonly remarks: SiteError[];
  /** Counts anchors and diagrams, so that no id is given twice. */
  readonly ids: Map<string, number>;
}

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

export function contextFor(
  entry: Entry,
  root: string,
  pages: ReadonlySet<string>,
): PageContext {
  return {
    root,
    url: entry.url,
    folder: entry.folder,
    file: entry.file,
    pages,
    used: new Set([entry.file]),
    shown: new Set(),
    sources: new Set(),
    headings: [],
    remarks: [],
    ids: new Map(),
  };
}

/** Reads a file that a page asks for; `line` is where it asks. */
export function readFor(page: PageContext, href: string, line: number) {
  const file = posix.join(page.folder, decodeURIComponent(href));
  if (file.startsWith("..") || href.startsWith("/")) {
    throw new SiteError(
      "outside",
      page.file,
      line,
      `${href} is outside the repository. Show a file of this repository.`,
    );
  }
  page.used.add(file);
  const full = join(page.root, file);
  if (!existsSync(full)) {
    throw new SiteError(
      "no-file",
      page.file,
      line,
      `there is no file ${file}. Write it, or fix the link.`,
    );
  }
  return { file, text: readFileSync(full, "utf8").replaceAll("\r\n", "\n") };
}

/** An id that this page has not used yet. */
export function freshId(page: PageContext, wish: string): string {
  const count = page.ids.get(wish) ?? 0;
  page.ids.set(wish, count + 1);
  return count === 0 ? wish : `${wish}-${count}`;
}
