import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Chapter } from "./catalogue.ts";
import { sourceUrl } from "./destination.ts";
import { framed } from "./frame.ts";
import { highlight } from "./highlight.ts";
import { escapeHtml, linkBetween } from "./html.ts";

/** The text of a file with colours and numbers: the slow part of its page. */
export interface Listing {
  readonly text: string;
  readonly html: string;
}

/** The listing of a file; the known one, if the file is as it was. */
export function listingOf(
  file: string,
  root: string,
  known: Listing | undefined,
): Listing {
  const full = join(root, file);
  const text = existsSync(full) ? readFileSync(full, "utf8") : "";
  if (known?.text === text) return known;
  const language = posix.extname(file).slice(1);
  const html = highlight(text.trimEnd(), language, { numbered: true });
  return { text, html };
}

/** A file of the repository, to be read in the browser, with line numbers. */
export function sourcePage(
  file: string,
  listing: Listing,
  chapters: readonly Chapter[],
): string {
  const url = sourceUrl(file);
  const home = chapters
    .flatMap((chapter) => [chapter, ...chapter.exercises])
    .find(({ folder }) => file.startsWith(`${folder}/`));
  const from = home
    ? `<p class="from">A file of <a href="${linkBetween(url, home.url)}">${escapeHtml(home.title)}</a></p>\n`
    : "";
  return framed({
    url,
    title: file,
    html: `<h1 class="path">${escapeHtml(file)}</h1>\n${from}<figure class="listing">${listing.html}</figure>`,
    headings: [],
    chapters,
    wide: true,
    home: home?.url,
  });
}
