import { expect, test } from "vitest";
import { format } from "#runtime";
import { verdict } from "./exercise.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** The verdict as text, whatever comes of it. */
function judged(data: Uint8Array): string {
  try {
    return format(verdict(data));
  } catch (error) {
    return `it threw: ${error}`;
  }
}

function says(rule: string, data: Uint8Array, look: string): string {
  return `${rule}\n\nWhat happened: ${data.length} bytes gave ${judged(data)}\n\n${look}\n\nIn short`;
}

test("plain names of 6 to 20 letters will do, others will not", () => {
  const rules: [string, string][] = [
    ["Annabel", '["ok", "Annabel"]'],
    ["sixsix", '["ok", "sixsix"]'],
    ["x".repeat(20), `["ok", "${"x".repeat(20)}"]`],
    ["fives", '["error", "length"]'],
    ["x".repeat(21), '["error", "length"]'],
    ["", '["error", "empty"]'],
  ];
  for (const [name, expected] of rules) {
    const rule = `"${name}" has ${name.length} letters: ${expected}.`;
    const look =
      'Six and twenty are both allowed, and no bytes at all are "empty".';
    expect(judged(bytes(name)), says(rule, bytes(name), look)).toBe(expected);
  }
});

test("a Chinese name is counted in characters, not in bytes", () => {
  const look =
    "Each of these characters takes three bytes. What was counted here is not what a reader counts. Turn the bytes into text first, and count in the text.";
  const short = bytes("你好");
  expect(
    judged(short),
    says("你好 has two characters: too short.", short, look),
  ).toBe('["error", "length"]');
  const long = bytes("加加加加加加加");
  expect(
    judged(long),
    says("加 seven times is seven characters: a name.", long, look),
  ).toBe('["ok", "加加加加加加加"]');
});

test("a smile is one character, not two", () => {
  const look =
    "A string's length counts units of 16 bits, and a smile takes two of them. Spread the string, or go through it with for … of: both step by characters.";
  const short = bytes("😀😀😀");
  expect(
    judged(short),
    says("Three smiles are three characters: too short.", short, look),
  ).toBe('["error", "length"]');
  const long = bytes("😀".repeat(11));
  expect(
    judged(long),
    says("Eleven smiles are eleven characters: a name.", long, look),
  ).toBe(`["ok", "${"😀".repeat(11)}"]`);
});

test("bytes that are no text are told as such", () => {
  const photo = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70]);
  const look = judged(photo).startsWith("it threw")
    ? "The validator crashed over what a stranger sent. A strict decoder throws, which is what you want of it. Catch that, and make it an answer."
    : "A lenient decoder replaces every byte that it does not understand by the character U+FFFD, and gives a name that nobody has typed. Ask for a strict one.";
  expect(
    judged(photo),
    says('A photograph is no name: ["error", "not text"].', photo, look),
  ).toBe('["error", "not text"]');
});
