import { createHighlighterCoreSync } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import diff from "shiki/langs/diff.mjs";
import erlang from "shiki/langs/erlang.mjs";
import json from "shiki/langs/json.mjs";
import shell from "shiki/langs/shellscript.mjs";
import console from "shiki/langs/shellsession.mjs";
import typescript from "shiki/langs/typescript.mjs";
import dark from "shiki/themes/github-dark-high-contrast.mjs";
import light from "shiki/themes/github-light-high-contrast.mjs";
import { escapeHtml } from "./html.ts";

const grammars: Readonly<Record<string, string>> = {
  ts: "typescript",
  typescript: "typescript",
  js: "typescript",
  erl: "erlang",
  erlang: "erlang",
  hrl: "erlang",
  sh: "shellscript",
  bash: "shellscript",
  shell: "shellsession",
  console: "shellsession",
  json: "json",
  diff: "diff",
};

// The high-contrast themes are the ones whose every colour passes WCAG AA on
// our paper and on our night.
const highlighter = createHighlighterCoreSync({
  themes: [light, dark],
  langs: [typescript, erlang, shell, console, json, diff],
  engine: createJavaScriptRegexEngine(),
});

const done = new Map<string, string>();

/**
 * Colours code for both schemes at once: each token carries two CSS variables
 * and the style sheet picks one. A language that is not known stays plain.
 */
export function highlight(
  code: string,
  language: string,
  { numbered = false } = {},
): string {
  const key = `${language}\0${numbered}\0${code}`;
  const known = done.get(key);
  if (known !== undefined) return known;
  const html = render(code, language, numbered);
  done.set(key, html);
  return html;
}

function render(code: string, language: string, numbered: boolean): string {
  const kind = numbered ? "code numbered" : "code";
  const lang = grammars[language];
  if (lang === undefined && !numbered) {
    return `<pre class="${kind}" tabindex="0"><code>${escapeHtml(code)}</code></pre>`;
  }
  return highlighter.codeToHtml(code, {
    lang: lang ?? "text",
    themes: {
      light: "github-light-high-contrast",
      dark: "github-dark-high-contrast",
    },
    defaultColor: false,
    transformers: [
      {
        pre(node) {
          node.properties = { class: kind, tabindex: "0" };
        },
        line(node, line) {
          if (numbered) node.properties.id = `L${line}`;
        },
      },
    ],
  });
}
