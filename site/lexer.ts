/** What a stretch of code is; the style sheet gives each kind its colour. */
export type Kind =
  | "plain"
  | "comment"
  | "string"
  | "number"
  | "keyword"
  | "type"
  | "function"
  | "atom"
  | "inserted"
  | "deleted";

export interface Token {
  readonly kind: Kind;
  readonly text: string;
}

/**
 * What to try at a place, in order. A rule may enter a state, such as the
 * inside of a template string, or leave the one it is in.
 */
export type Rule = readonly [
  kind: Kind,
  pattern: RegExp,
  then?: { readonly enter: string } | "leave",
];

/** The rules of each state; reading begins in "code". */
export type Language = Readonly<Record<string, readonly Rule[]>>;

/**
 * Cuts code into tokens. Whatever no rule knows is plain, so the tokens put
 * together are always the code again: colours may be wrong, the text cannot.
 */
export function tokensOf(code: string, language: Language): Token[] {
  const tokens: Token[] = [];
  const states = ["code"];
  let plainFrom = 0;
  let at = 0;
  while (at < code.length) {
    const rules = language[states.at(-1) ?? "code"] ?? [];
    const found = firstMatch(rules, code, at);
    if (!found) {
      at += 1;
      continue;
    }
    const [[kind, , then], text] = found;
    if (kind !== "plain") {
      flush(at);
      push(kind, text);
      plainFrom = at + text.length;
    }
    at += text.length;
    // A fragment may close what it never opened; the last state stays.
    if (then === "leave") states.length = Math.max(1, states.length - 1);
    else if (then) states.push(then.enter);
  }
  flush(code.length);
  return tokens;

  function flush(end: number): void {
    if (end > plainFrom) push("plain", code.slice(plainFrom, end));
  }

  function push(kind: Kind, text: string): void {
    const last = tokens.at(-1);
    if (last?.kind !== kind) tokens.push({ kind, text });
    else tokens[tokens.length - 1] = { kind, text: last.text + text };
  }
}

function firstMatch(
  rules: readonly Rule[],
  code: string,
  at: number,
): [Rule, string] | undefined {
  for (const rule of rules) {
    const pattern = rule[1];
    pattern.lastIndex = at;
    const text = pattern.exec(code)?.[0];
    if (text) return [rule, text];
  }
  return undefined;
}
