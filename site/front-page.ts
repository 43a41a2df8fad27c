import type { Chapter } from "./catalogue.ts";
import { bookTitle, framed } from "./frame.ts";
import { highlight } from "./highlight.ts";
import { escapeHtml, linkBetween } from "./html.ts";

/** The first page: what this is, how to begin, what there is to read. */
export function frontPage(chapters: readonly Chapter[]): string {
  const link = (url: string, title: string) =>
    `<a href="${linkBetween("/", url)}">${escapeHtml(title)}</a>`;
  const items = chapters.map(({ url, title, exercises }) => {
    const inner = exercises.map(
      (one) => `<li>${link(one.url, one.title)}</li>`,
    );
    const list = inner.length > 0 ? `<ul>${inner.join("")}</ul>` : "";
    return `<li>${link(url, title)}${list}</li>`;
  });
  const html = `<h1>${bookTitle}</h1>
<p class="lead">The ideas of Erlang and OTP, for people who write TypeScript.</p>
<p>A program that never fails is out of reach. A program that fails in one small
place, notices, and begins that place afresh is not. Erlang is built on that
idea. Here you learn it in the language you already know: you read a page, run
the program on it, and mend an exercise whose checks tell you why an answer is
wrong.</p>
<h2 id="begin">How to begin</h2>
${highlight("$ npm install\n$ npm start", "console")}
<p>This serves the book, watches the exercises, and tells you where you stand.
Edit an exercise, save it, and the terminal says whether it is right. Read the
first chapter, then go on in order.</p>
<h2 id="chapters">Chapters</h2>
<ol class="overview">${items.join("")}</ol>`;
  return framed({ url: "/", title: bookTitle, html, headings: [], chapters });
}
