import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Chapter } from "./catalogue.ts";
import { sourceUrl } from "./destination.ts";
import { framed } from "./frame.ts";
import { highlight } from "./highlight.ts";
import { escapeHtml } from "./html.ts";

/** A file of the repository, to be read in the browser, with line numbers. */
export function sourcePage(
  file: string,
  root: string,
  chapters: readonly Chapter[],
): string {
  const full = join(root, file);
  const text = existsSync(full) ? readFileSync(full, "utf8") : "";
  const language = posix.extname(file).slice(1);
  const code = highlight(text.trimEnd(), language, { numbered: true });
  return framed({
    url: sourceUrl(file),
    title: file,
    html: `<h1 class="path">${escapeHtml(file)}</h1>\n<figure class="listing">${code}</figure>`,
    headings: [],
    chapters,
    wide: true,
  });
}
