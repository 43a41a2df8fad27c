import { describe, expect, test } from "vitest";
import { highlight } from "./highlight.ts";
import { languages } from "./languages.ts";
import { tokensOf } from "./lexer.ts";

/** The coloured tokens of some code, as `kind:text`. */
function coloured(code: string, language: string): string[] {
  const tokens = tokensOf(code, languages[language] ?? {});
  expect(tokens.map(({ text }) => text).join("")).toBe(code);
  return tokens
    .filter(({ kind }) => kind !== "plain")
    .map(({ kind, text }) => `${kind}:${text}`);
}

describe("TypeScript", () => {
  test.each([
    ["a call", "self.send(a)", ["function:send"]],
    ["a member that is called like a keyword", "a.delete; b.of", []],
    ["a name that contains a keyword", "informal newer $if", []],
    [
      "a word that is a keyword in its place",
      "type A = typeof type",
      ["keyword:type", "type:A", "keyword:typeof"],
    ],
    ["a division", "a / b / c", []],
    ["a pattern with a slash in a class", "x = /[/]/g", ["string:/[/]/g"]],
    ["a comment's end", "/* a */ 1", ["comment:/* a */", "number:1"]],
    ["an unclosed comment", "/* a", ["comment:/* a"]],
    ["quotes in a comment", "// it's\n1", ["comment:// it's", "number:1"]],
    ["a comment in a string", '"//"', ['string:"//"']],
    [
      "a template in a template",
      `\`a\${\`b\${1}\`}c\``,
      ["string:`a", "string:`b", "number:1", "string:`", "string:c`"],
    ],
    [
      "braces in a template",
      `\`\${{ a: 1 }}b\``,
      ["string:`", "number:1", "string:b`"],
    ],
    [
      "a generator",
      "function* f(): Process {",
      ["keyword:function", "function:f", "type:Process"],
    ],
    [
      "numbers",
      "1_000 0xff 10n 1.5e-3",
      ["number:1_000", "number:0xff", "number:10n", "number:1.5e-3"],
    ],
    [
      "a type argument",
      "f<number>(1)",
      ["function:f", "type:number", "number:1"],
    ],
  ])("%s", (_, code, expected) => {
    expect(coloured(code, "ts")).toEqual(expected);
  });
});

test("Erlang: atoms, calls, modules, macros, characters, other bases", () => {
  expect(coloured("-module(a).", "erl")).toEqual(["keyword:-module", "atom:a"]);
  expect(coloured('io:format("~p", [X]) % x', "erl")).toEqual([
    "type:io",
    "function:format",
    'string:"~p"',
    "comment:% x",
  ]);
  expect(coloured("{'a b', ?MODULE, $%, 16#FF}", "erl")).toEqual([
    "atom:'a b'",
    "type:?MODULE",
    "number:$%",
    "number:16#FF",
  ]);
  expect(coloured("receive of_course -> ok end", "erl")).toEqual([
    "keyword:receive",
    "atom:of_course",
    "atom:ok",
    "keyword:end",
  ]);
});

test("a terminal: the prompt is not part of what one types", () => {
  expect(coloured("$ npm start\nok\n1> self().", "console")).toEqual([
    "comment:$ ",
    "function:npm",
    "comment:1> ",
  ]);
});

test("JSON and differences", () => {
  expect(coloured('{"a": "b", "c": -1}', "json")).toEqual([
    'type:"a"',
    'string:"b"',
    'type:"c"',
    "number:-1",
  ]);
  expect(coloured("-a\n+b\n c", "diff")).toEqual(["deleted:-a", "inserted:+b"]);
});

test("a language that is not known stays plain, whatever its name", () => {
  for (const name of ["cobol", "toString", ""]) {
    expect(highlight("if <a>", name)).toContain("<code>if &lt;a&gt;</code>");
  }
});

test("numbered lines are anchors, and a comment over lines keeps its colour", () => {
  expect(highlight("/* a\nb */", "ts", { numbered: true })).toContain(
    '<span class="line" id="L1"><span class="comment">/* a</span></span>\n<span class="line" id="L2"><span class="comment">b */</span></span>',
  );
});
