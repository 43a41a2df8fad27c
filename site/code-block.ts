import { posix } from "node:path";
import { sourceUrl } from "./destination.ts";
import { codeBox, highlight } from "./highlight.ts";
import { escapeHtml, linkBetween } from "./html.ts";
import type { PageContext } from "./page-context.ts";

/** Code that comes from a file: its name is a link to the whole of it. */
export function codeBlock(
  page: PageContext,
  code: string,
  language: string,
  file: string,
): string {
  const href = linkBetween(page.url, sourceUrl(file));
  const name = escapeHtml(posix.basename(file));
  return `<figure class="listing"><figcaption><a href="${escapeHtml(href)}">${name}</a></figcaption>${highlight(code, language, { label: `Code of ${posix.basename(file)}` })}</figure>\n`;
}

/** What a program prints, as the terminal shows it. */
export function outputBlock(text: string, file: string): string {
  const name = escapeHtml(posix.basename(file));
  return `<figure class="listing output"><figcaption>Output <span class="file">${name}</span></figcaption>${codeBox(escapeHtml(text), `Output ${posix.basename(file)}`)}</figure>\n`;
}

/** Code written into the page itself: an idea, which nothing has checked. */
export function fenceBlock(
  code: string,
  language: string,
  isSketch: boolean,
): string {
  const label = isSketch
    ? '<figcaption class="sketch">sketch</figcaption>'
    : "";
  return `<figure class="listing${isSketch ? " sketch" : ""}">${label}${highlight(code.trimEnd(), language)}</figure>\n`;
}
