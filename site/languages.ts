import type { Language, Rule } from "./lexer.ts";

// Every pattern is sticky (y): it matches where the lexer stands, or nowhere.

const words = (list: string) => list.trim().split(/\s+/).join("|");

const reserved = words(`
  await break case catch class const continue debugger default delete do else
  enum export extends finally for function if implements import in instanceof
  interface let new return super switch this throw try typeof var void while
  with yield`);

// Ordinary names, except in front of another word.
const contextual = words(`
  abstract as async declare from get infer is keyof namespace of override
  private protected public readonly satisfies set static type`);

const builtIn = words("any bigint boolean never number object string symbol");

const doubleQuoted = /"(?:[^"\\\n]|\\.)*"/y;
const word: Rule = ["plain", /[\w$@]+/y];

const typescript: Language = {
  code: [
    ["comment", /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/y],
    ["string", doubleQuoted],
    ["string", /'(?:[^'\\\n]|\\.)*'/y],
    ["string", /`/y, { enter: "template" }],
    // A slash divides after a value, and begins a pattern after anything else.
    [
      "string",
      /(?<=(?:^|[=(,:;!&|?{}[+\-*%<>~^]|\b(?:return|typeof|case|yield))\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
    ],
    [
      "number",
      /(?<![\w$])(?:0[xbo][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)n?/y,
    ],
    ["plain", /(?<=\.)[\w$]+(?![\w$(])/y],
    ["keyword", new RegExp(`(?<![\\w$.])(?:${reserved})(?![\\w$])`, "y")],
    [
      "keyword",
      new RegExp(`(?<![\\w$.])(?:${contextual})(?=\\s+[\\w$"'{[(*#])`, "y"),
    ],
    ["number", /(?<![\w$.])(?:true|false|null|undefined)(?![\w$])/y],
    [
      "type",
      new RegExp(`(?<![\\w$.])(?:${builtIn}|unknown)(?![\\w$(.]|\\??:)`, "y"),
    ],
    ["type", /(?<![\w$])[A-Z][\w$]*/y],
    ["function", /(?<![\w$])[a-z_$][\w$]*(?=(?:<[^<>()]*>)?\()/y],
    word,
    ["plain", /\{/y, { enter: "code" }],
    ["plain", /\}/y, "leave"],
  ],
  template: [
    ["plain", /\$\{/y, { enter: "code" }],
    ["string", /`/y, "leave"],
    ["string", /(?:[^`\\$]|\\[\s\S]|\$(?!\{))+/y],
  ],
};

const erlangReserved = words(`
  after and andalso band begin bnot bor bsl bsr bxor case catch div else end
  fun if maybe not of or orelse receive rem try when xor`);

const erlang: Language = {
  code: [
    ["comment", /%.*/y],
    ["string", /"(?:[^"\\]|\\[\s\S])*"/y],
    ["atom", /'(?:[^'\\\n]|\\.)*'/y],
    ["number", /\$(?:\\.|\S)/y],
    ["number", /(?<![\w@])\d[\d_]*(?:#[\da-zA-Z_]+|\.\d+(?:e[+-]?\d+)?)?/y],
    ["type", /\?+\w+/y],
    ["keyword", /(?<=^[ \t]*)-[a-z]+(?=[ (])/my],
    ["keyword", new RegExp(`(?<![\\w@])(?:${erlangReserved})(?![\\w@])`, "y")],
    ["plain", /[A-Z_][\w@]*/y],
    ["type", /(?<![\w@])[a-z][\w@]*(?=:[a-zA-Z?])/y],
    ["function", /(?<![\w@])[a-z][\w@]*(?=\()/y],
    ["atom", /(?<![\w@#])[a-z][\w@]*/y],
    word,
  ],
};

const shell: Language = {
  code: [
    ["comment", /(?<=^|\s)#.*/my],
    ["string", doubleQuoted],
    ["string", /'[^'\n]*'/y],
    ["type", /\$\w+|\$\{[^}\n]*\}/y],
    word,
  ],
};

/** What one types, with what comes back: the prompt is not part of it. */
const session: Language = {
  code: [
    ["comment", /^(?:\$|\d+>|\([\w@.-]+\)\d+>) /my],
    ["comment", /(?<=\s)#.*/y],
    ["function", /(?<=^\$ )\S+/my],
    word,
  ],
};

const json: Language = {
  code: [
    ["type", /"(?:[^"\\\n]|\\.)*"(?=\s*:)/y],
    ["string", doubleQuoted],
    ["number", /-?\d[\d.]*(?:e[+-]?\d+)?|true|false|null/y],
  ],
};

const diff: Language = {
  code: [
    ["comment", /^(?:@@|---|\+\+\+).*/my],
    ["inserted", /^\+.*/my],
    ["deleted", /^-.*/my],
    ["plain", /.+/y],
  ],
};

/** Languages by the word behind a fence, or the ending of a file's name. */
export const languages: Readonly<Record<string, Language>> = {
  ...{ ts: typescript, typescript, js: typescript, javascript: typescript },
  ...{ erl: erlang, erlang, hrl: erlang },
  ...{ sh: shell, bash: shell, console: session, shell: session },
  ...{ json, diff },
};
