import createMarkdown, { type Token } from "markdown-it";
import { fenceBlock } from "./code-block.ts";
import { destinationOf } from "./destination.ts";
import { escapeHtml, linkBetween, slugOf } from "./html.ts";
import { freshId, type PageContext } from "./page-context.ts";
import { SiteError } from "./site-error.ts";
import { transclude } from "./transclude.ts";

const markdown = createMarkdown({ html: true, typographer: false });
markdown.use(transclude);

markdown.core.ruler.push("links-and-headings", (state) => {
  const page = state.env as unknown as PageContext;
  let line = 1;
  state.tokens.forEach((token, index) => {
    line = token.map ? token.map[0] + 1 : line;
    if (token.type === "heading_open") {
      const inline = state.tokens[index + 1];
      const text = textOf(inline?.children ?? []);
      const id = freshId(page, slugOf(text));
      const level = Number(token.tag.slice(1));
      token.attrSet("id", id);
      page.headings.push({ level, id, text });
    }
    for (const child of token.children ?? []) {
      if (child.type === "link_open") point(child, page, line);
    }
  });
});

function textOf(tokens: readonly Token[]): string {
  return tokens
    .filter(({ type }) => type === "text" || type === "code_inline")
    .map(({ content }) => content)
    .join("");
}

function point(link: Token, page: PageContext, line: number): void {
  const href = String(link.attrGet("href") ?? "");
  const to = destinationOf(href, page.folder, page.root, page.pages);
  switch (to.kind) {
    case "elsewhere":
      return;
    case "wrong":
      // Watched as well: the page is right as soon as the file is there.
      if (to.file) page.used.add(to.file);
      throw new SiteError(
        "broken-link",
        page.file,
        line,
        `the link ${href} ${to.why}. Fix the link, or link to a file or page.`,
      );
    case "source":
      page.sources.add(to.file);
      break;
    case "page":
      break;
  }
  link.attrSet("href", linkBetween(page.url, to.url));
}

// The link stands beside the heading: in it, it would be part of its name.
markdown.renderer.rules.heading_open = (tokens, index, options, _env, self) => {
  const html = self.renderToken(tokens, index, options);
  return tokens[index]?.tag === "h1" ? html : `<div class="heading">${html}`;
};
markdown.renderer.rules.heading_close = (tokens, index) => {
  const tag = tokens[index]?.tag ?? "h2";
  if (tag === "h1") return "</h1>\n";
  const id = escapeHtml(String(tokens[index - 2]?.attrGet("id") ?? ""));
  const text = escapeHtml(textOf(tokens[index - 1]?.children ?? []));
  return `</${tag}><a class="anchor" href="#${id}" aria-label="Link to: ${text}">#</a></div>\n`;
};

markdown.renderer.rules.fence = (tokens, index, _options, env) => {
  const page = env as unknown as PageContext;
  const token = tokens[index];
  if (!token) return "";
  const [language = "", ...marks] = token.info.trim().split(/\s+/);
  const isSketch = marks.includes("sketch");
  const isCode = /^(?:ts|tsx|typescript|js|javascript)$/.test(language);
  if (isCode && !isSketch) {
    throw new SiteError(
      "unverified",
      page.file,
      (token.map?.[0] ?? 0) + 1,
      `this \`\`\`${language} fence is neither transcluded nor marked "sketch". Move the code to a file and show it with [code: name](file.ts), or write \`\`\`${language} sketch.`,
    );
  }
  return fenceBlock(token.content, language, isSketch);
};

// A wide table scrolls inside its own box, as code does.
markdown.renderer.rules.table_open = () =>
  '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>\n';
markdown.renderer.rules.table_close = () => "</table></div>\n";

/** Renders Markdown for a page, which collects what it uses and shows. */
export function render(text: string, page: PageContext): string {
  return markdown.render(text, page as never);
}
