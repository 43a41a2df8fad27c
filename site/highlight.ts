import { escapeHtml } from "./html.ts";
import { languages } from "./languages.ts";
import { type Token, tokensOf } from "./lexer.ts";

/**
 * Code as HTML, coloured when the site is built, so that pages need no script.
 * Colours are classes: the style sheet knows them for both schemes. A language
 * that is not known stays plain. Numbered lines are anchors, `#L12`.
 */
export function highlight(
  code: string,
  language: string,
  { numbered = false } = {},
): string {
  const known = Object.hasOwn(languages, language)
    ? languages[language]
    : undefined;
  const tokens = tokensOf(code, known ?? {});
  if (!numbered) {
    return `<pre class="code" tabindex="0"><code>${tokens.map(span).join("")}</code></pre>`;
  }
  const lines = linesOf(tokens).map(
    (line, index) =>
      `<span class="line" id="L${index + 1}">${line.map(span).join("")}</span>`,
  );
  return `<pre class="code numbered" tabindex="0"><code>${lines.join("\n")}</code></pre>`;
}

function span({ kind, text }: Token): string {
  const safe = escapeHtml(text);
  return kind === "plain" ? safe : `<span class="${kind}">${safe}</span>`;
}

/** The tokens line by line; one that spans lines is cut at their ends. */
function linesOf(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const { kind, text } of tokens) {
    text.split("\n").forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ kind, text: part });
    });
  }
  return lines;
}
