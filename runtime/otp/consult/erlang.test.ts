import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withoutErlang } from "../../real-erlang.ts";
import { SyntaxProblem } from "./consult-error.ts";
import type { Literal } from "./literal.ts";
import { Parser } from "./parse.ts";

const TEXTS = [
  "a. b. % two terms",
  "[{hostname, '127.0.0.1'}, {port, 9527}].",
  "'it''s'.",
  "'a b'. 'Ä'. ä_1@x. ''.",
  '"a" "b" "\\x41\\x{1F600}\\101\\^A\\z\\s\\d\\e\\b\\v\\f\\t\\r\\n\\"".',
  '"two\nlines". "".',
  "-5. +5. - 5. 1_000. 16#fF. 2#101. 36#Zz. $a. $\\n. $\\\\. $ .",
  "123456789012345678901234567890.",
  "1.0. -1.5e3. 1.0E-2. 0.1.",
  '<<>>. <<1, 257, "é">>. <<"é"/utf8, 0>>. <<"a" "b">>.',
  "[]. [a]. [a, [b, {}] | [c]]. {a, {b}}.",
  '#{}. #{a => 1, "b" => [x], a => 2}.',
  "[\r\n\ta\r\n].",
  "",
  "% nothing",
  // What is refused.
  "a",
  "[a, b]",
  "{port 9527}.",
  "// no\n[].",
  "9000+527.",
  "127.0.0.1.",
  "Port.",
  "_.",
  "{end, 1}.",
  "{maybe, 1}.",
  "{else, 1}.",
  '"ab',
  "'ab",
  "2#12.",
  "1#0.",
  "1.0e999.",
  "1e3.",
  '"\\xZZ".',
  '"\\x{D800}".',
  "-a.",
  "--1.",
  "<<a>>.",
  "#{a = 1}.",
  "a. .",
  "{a,}.",
  "[a,].",
  "[,].",
  "a b.",
  "a.b.",
  "1__0.",
  "1_.",
  "16#.",
  "$",
  "\\a.",
  "{a;b}.",
  "(a).",
];

/** Prints what file:consult/1 makes of each file, kinds told apart. */
const PROGRAM = `
  Show = fun Show(T) ->
    if is_atom(T) -> ["a", [[" ", integer_to_list(C)] || C <- atom_to_list(T)], ";"];
       is_integer(T) -> ["i", integer_to_list(T), ";"];
       is_float(T) -> <<Bits:64>> = <<T/float>>, ["f", integer_to_list(Bits), ";"];
       is_binary(T) -> ["b", [[" ", integer_to_list(B)] || <<B>> <= T], ";"];
       is_tuple(T) -> ["{", [Show(E) || E <- tuple_to_list(T)], "}"];
       is_list(T) -> ["[", [Show(E) || E <- T], "]"];
       is_map(T) -> ["#", [[Show(K), Show(V)] || {K, V} <- lists:sort(maps:to_list(T))], "#"]
    end end,
  [Folder | Count] = init:get_plain_arguments(),
  [case file:consult(filename:join(Folder, integer_to_list(N))) of
     {ok, Terms} -> io:format("~s~n", [lists:flatten([Show(T) || T <- Terms])]);
     {error, _} -> io:format("refused~n")
   end || N <- lists:seq(1, list_to_integer(hd(Count)))],
  halt().`;

const codes = (text: string) => [...text].map((one) => one.codePointAt(0));

/** The same line from our reader. */
function show(literal: Literal): string {
  switch (literal.kind) {
    case "atom":
      return `a${codes(literal.text)
        .map((code) => ` ${code}`)
        .join("")};`;
    case "string":
      return `[${codes(literal.text)
        .map((code) => `i${code};`)
        .join("")}]`;
    case "integer":
      return `i${literal.value};`;
    case "float": {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, literal.value);
      return `f${view.getBigUint64(0)};`;
    }
    case "binary":
      return `b${[...literal.bytes].map((byte) => ` ${byte}`).join("")};`;
    case "tuple":
      return `{${literal.items.map(show).join("")}}`;
    case "list":
      return `[${literal.items.map(show).join("")}]`;
    case "map": {
      const last = new Map(
        literal.entries.map(([key, value]) => [show(key), show(value)]),
      );
      return `#${[...last].map((entry) => entry.join("")).join("")}#`;
    }
  }
}

function read(text: string): string {
  try {
    return new Parser(text).terms().map(show).join("");
  } catch (error) {
    if (error instanceof SyntaxProblem) return "refused";
    throw error;
  }
}

test.skipIf(withoutErlang)(
  "every text is read or refused as file:consult/1 does (needs erl)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "consult-"));
    TEXTS.forEach((text, index) => {
      writeFileSync(join(folder, `${index + 1}`), text);
    });
    const count = `${TEXTS.length}`;
    const output = execFileSync(
      "erl",
      ["-noshell", "-eval", PROGRAM, "-extra", folder, count],
      { encoding: "utf8", cwd: folder },
    );
    rmSync(folder, { recursive: true });
    const lines = output.split("\n").slice(0, TEXTS.length);
    const pairs = (results: readonly string[]) =>
      TEXTS.map((text, index) => [text, results[index]]);
    expect(pairs(TEXTS.map(read))).toEqual(pairs(lines));
  },
  30_000,
);
