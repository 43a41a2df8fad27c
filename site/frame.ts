import type { Chapter, Entry } from "./catalogue.ts";
import { escapeHtml, linkBetween } from "./html.ts";
import type { Heading } from "./page-context.ts";

/** What stands around the text of a page. */
export interface Frame {
  readonly url: string;
  readonly title: string;
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly chapters: readonly Chapter[];
  readonly wide?: boolean;
  /** For a page beside the book's order, such as a source: where it belongs. */
  readonly home?: string | undefined;
}

export const bookTitle = "Let It Crash";

// Before the first paint, or a dark page would flash white; and before the
// style sheet, which a script behind it would wait for.
export const themeFirst =
  'try{const t=localStorage.getItem("theme");if(t)document.documentElement.dataset.theme=t}catch{}';

/** A whole page: works without scripts, and asks nobody else for anything. */
export function framed(page: Frame): string {
  const { url, title, html } = page;
  const to = (target: string) => escapeHtml(linkBetween(url, target));
  // A set, for the front page has the book's own title.
  const names = new Set([title, ...chapterAround(page), bookTitle]);
  const main = `<main id="content"${page.wide ? ' class="wide"' : ""}>
${html.replace("</h1>\n", (end) => end + contents(page.headings))}
${turning(page, to)}
</main>`;
  // The front page is the list of chapters: it needs no second one beside it.
  const body =
    url === "/"
      ? main
      : `<div class="columns">
${main}
<nav class="chapters" aria-label="Chapters">${chapterList(page, to)}</nav>
</div>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml([...names].join(" · "))}</title>
<link rel="icon" href="data:,">
<script>${themeFirst}</script>
<link rel="stylesheet" href="${to("/style.css")}">
<script src="${to("/page.js")}" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header class="top"><a class="book" href="${to("/")}">${bookTitle}</a></header>
${body}
</body>
</html>
`;
}

/** Two chapters may have exercises of the same name, and tabs show no more. */
function chapterAround({ url, chapters }: Frame): string[] {
  return chapters
    .filter(({ exercises }) => exercises.some((one) => one.url === url))
    .map(({ title }) => title);
}

type To = (target: string) => string;

function chapterList({ url, home, chapters }: Frame, to: To): string {
  const current = (entry: Entry) =>
    entry.url === url
      ? ' aria-current="page"'
      : entry.url === home
        ? ' aria-current="true"'
        : "";
  const item = (entry: Entry, inner: string) =>
    `<li><a href="${to(entry.url)}"${current(entry)}>${escapeHtml(entry.title)}</a>${inner}</li>`;
  const items = chapters.map((chapter) => {
    // Exercises are listed only where the reader is: the list stays short.
    const isHere = (home ?? url).startsWith(chapter.url);
    const exercises = isHere ? chapter.exercises : [];
    const inner = exercises.map((exercise) => item(exercise, "")).join("");
    return item(chapter, inner && `<ul>${inner}</ul>`);
  });
  return `<ol>${items.join("")}</ol>`;
}

function contents(headings: readonly Heading[]): string {
  const sections = headings.filter(({ level }) => level === 2);
  if (sections.length < 3) return "";
  const items = sections.map(
    ({ id, text }) =>
      `<li><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`,
  );
  return `<nav class="contents" aria-label="On this page"><details open><summary>On this page</summary><ul>${items.join("")}</ul></details></nav>\n`;
}

function turning({ url, chapters }: Frame, to: To): string {
  const order: Entry[] = chapters.flatMap((chapter) => [
    chapter,
    ...chapter.exercises,
  ]);
  const place = order.findIndex((entry) => entry.url === url);
  if (place < 0) return "";
  const link = (entry: Entry | undefined, rel: string, word: string) =>
    entry
      ? `<a rel="${rel}" href="${to(entry.url)}"><span>${word}</span>${escapeHtml(entry.title)}</a>`
      : "<span></span>";
  return `<nav class="turning" aria-label="Previous and next">${link(order[place - 1], "prev", "Previous")}${link(order[place + 1], "next", "Next")}</nav>`;
}
