import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import diff from "highlight.js/lib/languages/diff";
import erlang from "highlight.js/lib/languages/erlang";
import json from "highlight.js/lib/languages/json";
import shell from "highlight.js/lib/languages/shell";
import { escapeHtml } from "./html.ts";
import { typescriptWithNames } from "./typescript-names.ts";

hljs.registerLanguage("typescript", typescriptWithNames);
hljs.registerLanguage("erlang", erlang);
hljs.registerLanguage("bash", bash);
hljs.registerLanguage("console", shell);
hljs.registerLanguage("json", json);
hljs.registerLanguage("diff", diff);
hljs.registerAliases(["hrl", "config"], { languageName: "erlang" });

/**
 * Code as HTML, coloured when the site is built, so that pages need no script.
 * Colours are classes: the style sheet knows them for both schemes. A language
 * that is not known stays plain. Numbered lines are anchors, `#L12`.
 */
export function highlight(
  code: string,
  language: string,
  { numbered = false, label = "Code" } = {},
): string {
  const html = hljs.getLanguage(language)
    ? hljs.highlight(code, { language }).value
    : escapeHtml(code);
  if (!numbered) {
    return codeBox(html, label);
  }
  const lines = linesOf(html).map(
    (line, index) => `<span class="line" id="L${index + 1}">${line}</span>`,
  );
  return codeBox(lines.join("\n"), label, "code numbered");
}

/** A box that may scroll: a stop for the keyboard, and so it has a name. */
export function codeBox(html: string, label: string, kind = "code"): string {
  return `<pre class="${kind}" tabindex="0" role="group" aria-label="${escapeHtml(label)}"><code>${html}</code></pre>`;
}

/** The lines of coloured code; a span that goes on is closed and opened anew. */
function linesOf(html: string): string[] {
  const open: string[] = [];
  return html.split("\n").map((line) => {
    const before = open.join("");
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
      if (tag === "</span>") open.pop();
      else open.push(tag);
    }
    return before + line + "</span>".repeat(open.length);
  });
}
