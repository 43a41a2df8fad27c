import { escapeHtml } from "./html.ts";
import { render } from "./markdown.ts";
import { type PageContext, readFor } from "./page-context.ts";
import { SiteError } from "./site-error.ts";

/**
 * The three tiers of hints.md, folded; each lies inside the one before, so
 * that nobody reads "almost there" before having had "where to look".
 */
export function hints(page: PageContext): string {
  const { file, text } = readFor(page, "hints.md", 1);
  const starts = [...text.matchAll(/^## +(.+)$/gm)];
  if (starts.length !== 3) {
    throw new SiteError(
      "hints",
      file,
      1,
      `there are ${starts.length} tiers of hints. Write three "## " headings: where to look, what to change, almost there.`,
    );
  }
  const readme = page.file;
  // Messages about a hint should name hints.md and a line in it.
  page.file = file;
  const tiers = starts.map((start, index) => {
    const from = start.index + start[0].length;
    const above = text.slice(0, from).split("\n").length - 1;
    const body = text.slice(from, starts[index + 1]?.index);
    const title = escapeHtml(start[1] ?? "");
    return { title, html: render("\n".repeat(above) + body, page) };
  });
  page.file = readme;
  const folded = tiers.reduceRight(
    (inner, { title, html }) =>
      `<details class="hint"><summary>${title}</summary>\n${html}${inner}</details>\n`,
    "",
  );
  const id = "hints";
  page.headings.push({ level: 2, id, text: "Hints" });
  return `<h2 id="${id}">Hints</h2>\n<p>Three, one inside the other. Open the next only when you are stuck.</p>\n${folded}`;
}
