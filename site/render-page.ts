import type { Entry } from "./catalogue.ts";
import { codeBlock } from "./code-block.ts";
import { hints } from "./hints.ts";
import { render } from "./markdown.ts";
import { contextFor, type PageContext, readFor } from "./page-context.ts";
import { withoutMarkers } from "./regions.ts";
import { SiteError } from "./site-error.ts";

/** A page's text as HTML, with what it used, or with what is wrong with it. */
export interface RenderedPage {
  readonly context: PageContext;
  readonly html: string;
  readonly problem: SiteError | undefined;
}

/** Renders one chapter or exercise; a problem becomes part of the answer. */
export function renderPage(
  entry: Entry,
  root: string,
  pages: ReadonlySet<string>,
): RenderedPage {
  const context = contextFor(entry, root, pages);
  try {
    const name = entry.kind === "chapter" ? "index.md" : "README.md";
    const { text } = readFor(context, name, 1);
    let html = render(text, context);
    if (entry.kind === "exercise") html += stub(context) + hints(context);
    return { context, html, problem: undefined };
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    return { context, html: "", problem: error };
  }
}

function stub(page: PageContext): string {
  const { file, text } = readFor(page, "exercise.ts", 1);
  const id = "the-stub";
  page.sources.add(file);
  page.headings.push({ level: 2, id, text: "The stub" });
  const code = codeBlock(page, withoutMarkers(text), "ts", file);
  return `<h2 id="${id}">The stub</h2>\n<p>Edit <code>${file}</code> in your editor and save it.</p>\n${code}`;
}
