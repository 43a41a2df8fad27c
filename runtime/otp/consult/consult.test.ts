import { expect, test } from "vitest";
import { type ConsultError, consult, type Term, Tuple } from "./index.ts";

function terms(text: string): readonly Term[] {
  const result = consult(text);
  if (result[0] === "error") throw new Error(result[1].message);
  return result[1];
}

function refusal(text: string): ConsultError {
  const result = consult(text);
  if (result[0] === "ok") throw new Error(`read as ${result[1]}`);
  return result[1];
}

function tuple(...items: readonly Term[]): Tuple {
  const made = new Tuple();
  made.push(...items);
  return made;
}

const where = ({ line, column, message }: ConsultError) =>
  `${line}:${column} ${message}`;

test("the article's file becomes a list of tuples", () => {
  const [options] = terms("[\n {hostname, '127.0.0.1'},\n {port, 9527}\n].");
  expect(options).toEqual([
    tuple("hostname", "127.0.0.1"),
    tuple("port", 9527),
  ]);
});

test.each<[string, Term]>([
  ["stop", "stop"],
  ["'Hello, \\'world\\''", "Hello, 'world'"],
  ["true", true],
  ["'false'", false],
  ['"a" "b"\n"c"', "abc"],
  ['"\\n\\x41\\x{1F600}\\101\\^A\\z"', "\nA😀A\x01z"],
  ["-0", 0],
  ["+ 5", 5],
  ["1_000", 1000],
  ["16#fF", 255],
  ["36#z", 35],
  ["$a", 97],
  ["$\\n", 10],
  ["9007199254740993", 9007199254740993n],
  ["1.5e3", 1500],
  ["- 2.0", -2],
  ["<<>>", new Uint8Array()],
  ['<<1, 257, "é">>', new Uint8Array([1, 1, 233])],
  ['<<"é"/utf8>>', new Uint8Array([195, 169])],
  ["[]", []],
  ["[a, 1 | [b | []]]", ["a", 1, "b"]],
  ["#{a => 1, a => 2}", new Map([["a", 2]])],
  ["{}", new Tuple()],
])("%s is read", (text, value) => {
  expect(terms(`${text}.`)).toStrictEqual([value]);
});

test("a tuple is told from a list, and its map is an ordinary array", () => {
  const [tuple, list] = terms("{a, b}. [a, b].") as [Tuple, Term[]];
  expect([tuple instanceof Tuple, list instanceof Tuple]).toEqual([
    true,
    false,
  ]);
  expect(tuple.map(String) instanceof Tuple).toBe(false);
});

test("comments and blanks do not count, and each term ends with a dot", () => {
  expect(terms("% one. \n a.%two\n\tb .\r\n% end")).toEqual(["a", "b"]);
  expect(terms("  % nothing")).toEqual([]);
});

test.each([
  [
    "[a, b]",
    '1:7 Expected the "." that ends a term, found the end of the text.',
  ],
  ["{port 9527}.", '1:7 Expected "," or "}", found a number.'],
  ["[\n {a,\n  }].", '3:3 Expected a term, found "}".'],
  ["// no\n[].", '1:1 Expected a term, found "/".'],
  ["[a}.", '1:3 Expected "," or "|" or "]", found "}".'],
  ["{a, }", '1:5 Expected a term, found "}".'],
  ["9000+527.", '1:5 Expected the "." that ends a term, found "+".'],
  [
    "127.0.0.1.",
    '1:6 A "." inside a term. A name with a dot in it needs quotes.',
  ],
  [
    "Port.",
    "1:1 A variable is no term. An atom begins with a small letter, or has quotes.",
  ],
  [
    "{end, 1}.",
    "1:2 \"end\" is a reserved word. As an atom it needs quotes: 'end'.",
  ],
  ['\n"ab', "2:1 This string is never closed."],
  ["{'ab", "1:2 This quoted atom is never closed."],
  ["😀", "1:1 This character begins no term."],
  ["[😀", "1:2 This character begins no term."],
  ["2#12.", "1:1 Not every digit is one of base 2."],
  ["1#0.", "1:1 A base is a number from 2 to 36."],
  ["1.0e999.", "1:1 This float is too large."],
  ['"\\xZZ".', "1:2 \\x needs two hex digits, or \\x{…}."],
  ['"\\x{D800}".', "1:2 This escape is no Unicode character."],
  ["-a.", "1:2 Expected a number, found an atom."],
  ["[a | b].", '1:6 Only a list may stand behind "|" here.'],
  ["<<a>>.", "1:3 Expected a byte or a string, found an atom."],
  ['<<"a"/utf16>>.', "1:7 Only /utf8 can be read here."],
  ["#{a = 1}.", "1:5 This character begins no term."],
  ["#{a, 1}.", '1:4 Expected "=>", found ",".'],
  ["$", "1:1 A character has to follow this $."],
  ["a. .", '1:4 Expected a term, found the "." that ends a term.'],
])("%j is refused, with its place", (text, expected) => {
  expect(where(refusal(text))).toBe(expected);
});

test("an atom or a number that is too long is refused", () => {
  const digits = "9".repeat(1_001);
  const atom = "1:1 An atom has at most 255 characters.";
  expect(where(refusal(`${"x".repeat(256)}.`))).toBe(atom);
  expect(where(refusal(`${digits}.`))).toBe("1:1 More than 1000 digits.");
  expect(where(refusal(`16#${digits}.`))).toBe("1:1 More than 1000 digits.");
});

test("the mark stands under the place, behind tabs and wide characters too", () => {
  expect(refusal("ok.\n\t{'ü', x y}. % z\nok.").mark).toBe(
    "\t{'ü', x y}. % z\n\t        ^",
  );
  expect(refusal("[\n  1 2\r\n].").mark).toBe("  1 2\n    ^");
});

test("no message quotes what stands in the file", () => {
  for (const text of [
    "{cookie s3cret}.",
    '{cookie "s3cret}.',
    "{c, a} s3cret.",
  ]) {
    expect(refusal(text).message).not.toContain("s3cret");
  }
});

test("hostile texts are refused in short order and on a short stack", () => {
  expect(where(refusal("[".repeat(500_000)))).toBe(
    "1:101 Terms are nested more than 100 deep.",
  );
  expect(terms(`${"[".repeat(100)}${"]".repeat(100)}.`)).toHaveLength(1);
  expect(where(refusal(" ".repeat(1_000_001)))).toBe(
    "1:1 The text has more than 1000000 characters.",
  );
  expect(terms("%\n".repeat(400_000))).toEqual([]);
  expect(refusal(`"${"x".repeat(900_000)}`).column).toBe(1);
  expect(terms(`[${"1,".repeat(300_000)}1].`)).toHaveLength(1);
  expect(terms(`<<"${"x".repeat(900_000)}">>.`)).toHaveLength(1);
});
