import { expect, test } from "vitest";
import { format } from "#runtime";
import { verdict } from "./exercise.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const judged = (data: Uint8Array) => format(verdict(data));

function says(rule: string, data: Uint8Array, look: string): string {
  const given = judged(data);
  return `${rule}\n\nWhat happened: ${data.length} bytes gave ${given}\n\n${lookAtForm(given) ?? look}\n\nIn short`;
}

/** What to say of something that is no verdict at all, right or wrong. */
function lookAtForm(given: string): string | undefined {
  const verdicts = /^\["ok", ".*"\]$|^\["error", "(empty|length|not text)"\]$/s;
  if (verdicts.test(given)) return undefined;
  if (given === "undefined")
    return "Nothing was given back. Is there a way through verdict that ends without a return?";
  return `${given} is none of the four verdicts: ["ok", name], ["error", "empty"], ["error", "length"] and ["error", "not text"]. Compare the tag, the order and the spelling.`;
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
    const look = expected.includes(name)
      ? "Six and twenty are both allowed, and a name is given back as it was sent."
      : 'Five are too few, twenty-one too many, and no bytes at all are "empty".';
    expect(judged(bytes(name)), says(rule, bytes(name), look)).toBe(expected);
  }
});

test("a blank is a character, and stays where it is", () => {
  const name = bytes(" Anna ");
  expect(
    judged(name),
    says(
      'A blank, four letters and a blank are six characters: ["ok", " Anna "].',
      name,
      "Blanks were taken away. The validator says whether a name will do; whoever asks goes on with the name that was sent, and would find another one here.",
    ),
  ).toBe('["ok", " Anna "]');
});

test("a name may stand in the middle of other bytes", () => {
  const name = bytes("«Annabel»").subarray(2, 9);
  expect(
    judged(name),
    says(
      "Seven of eleven bytes are the name: Annabel.",
      name,
      "A Uint8Array may be a window on a larger buffer, as what comes from a socket often is. Its `buffer` is all of that. Decode the array itself.",
    ),
  ).toBe('["ok", "Annabel"]');
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
  const rule = 'A photograph is no name: ["error", "not text"].';
  let crash = "it did not throw";
  try {
    verdict(photo);
  } catch (error) {
    crash = `it threw ${error}`;
  }
  expect(
    crash,
    `${rule}\n\nThe validator crashed over what a stranger sent. A strict decoder throws, which is what you want of it. Catch that, and make it an answer.\n\nIn short`,
  ).toBe("it did not throw");
  for (const data of [photo, photo.subarray(0, 2)]) {
    const look = judged(data).startsWith('["ok"')
      ? "A lenient decoder replaces every byte that it does not understand by the character U+FFFD, and gives a name that nobody has typed. Ask for a strict one."
      : "How long a name is can be said of a text only. Whether the bytes are one comes first.";
    expect(judged(data), says(rule, data, look)).toBe('["error", "not text"]');
  }
});
