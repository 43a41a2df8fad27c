import type { HLJSApi, Language, Mode } from "highlight.js";
import typescript from "highlight.js/lib/languages/typescript";

/** Words that are keywords in one place and good names in all others. */
const NAMES = ["from", "type", "of", "get", "set"];

/** TypeScript, in which a parameter may be called `from` or `type`. */
export function typescriptWithNames(api: HLJSApi): Language {
  const language = typescript(api);
  const keywords = language.keywords as Record<string, string[]>;
  const inPlace: Mode = {
    scope: "keyword",
    match: [
      /\bfrom(?=\s+["'])/,
      /\btype(?=\s+[A-Z{*])/,
      /\b(?:get|set)(?=\s+[\w#]+\()/,
      /(?<=\bfor \((?:const|let) [^;()]*\s)of\b/,
    ]
      .map(({ source }) => source)
      .join("|"),
  };
  return {
    ...language,
    keywords: {
      ...keywords,
      keyword: (keywords.keyword ?? []).filter((word) => !NAMES.includes(word)),
    },
    contains: [inPlace, ...language.contains],
  };
}
