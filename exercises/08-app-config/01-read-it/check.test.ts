import { expect, test } from "vitest";
import { format } from "#runtime";
import { read } from "./exercise.ts";

/** What came of reading a text, in one line, with the settings in one order. */
function readingOf(text: string): string {
  let answer: unknown;
  try {
    answer = read(text);
  } catch (thrown) {
    // Somebody may mean to throw an Error; other ones are told with their place.
    if (!(thrown instanceof Error) || thrown.name !== "Error") throw thrown;
    return `thrown: ${thrown}`;
  }
  const [word, value] = Array.isArray(answer) ? answer : [];
  if (word === "error" && typeof value === "string") return `refused: ${value}`;
  const isObject = Object.getPrototypeOf(value ?? []) === Object.prototype;
  if (word !== "ok" || !isObject) return `no answer: ${format(answer)}`;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([key, it]) => `${key}=${JSON.stringify(it)}`).join(" ");
}

function says(rule: string, text: string, look: string): string {
  const reading = readingOf(text);
  return `${rule}\n\nThe file:\n  ${text}\n\nWhat came of it:\n  ${reading}\n\n${lookAtForm(reading) ?? look}\n\nIn short`;
}

/** What to say of something that is neither settings nor a refusal. */
function lookAtForm(reading: string): string | undefined {
  if (reading.startsWith("thrown"))
    return "Something was thrown. A file that will not do is nothing unheard of: what is wrong with it is given back, as the sentence in an answer.";
  if (!reading.startsWith("no answer")) return undefined;
  const look =
    'An answer is ["ok", settings] or ["error", sentence]: the tag first, then an object with the three settings, or a string.';
  return reading.endsWith("undefined")
    ? `${look} Nothing was given back. Was a return forgotten?`
    : look;
}

const REFUSED =
  'The file was refused, and nothing is wrong with it. `consult` gives ["ok", terms], all terms of the file. The first of them is the list of pairs, and a pair is [key, value].';

/** What to look at when the settings are not those of the file. */
function orRefused(text: string, look: string): string {
  return readingOf(text).startsWith("refused") ? REFUSED : look;
}

test("what the file says holds, and what it leaves out has its default", () => {
  for (const [text, expected] of [
    [
      "[{motto, 'Hi'}, {port, 80}, {sunday, true}].",
      'motto="Hi" port=80 sunday=true',
    ],
    ["[{port, 1234}].", 'motto="Welcome" port=1234 sunday=true'],
    ["[].", 'motto="Welcome" port=9000 sunday=true'],
  ] as const) {
    expect(
      readingOf(text),
      says(
        "A setting is what the file says. Where it says nothing, it is the default: port 9000, motto Welcome, sunday true.",
        text,
        orRefused(
          text,
          "Behind the border nobody asks again whether a setting is there. So a reading is complete: the defaults, with what this file says over them. The defaults stay as they are, for the next file.",
        ),
      ),
    ).toBe(expected);
  }
});

test("false, zero and an empty text are values like any other", () => {
  for (const [text, expected] of [
    ["[{sunday, false}].", 'motto="Welcome" port=9000 sunday=false'],
    ["[{port, 0}].", 'motto="Welcome" port=0 sunday=true'],
    ['[{motto, ""}].', 'motto="" port=9000 sunday=true'],
  ] as const) {
    expect(
      readingOf(text),
      says(
        "Whoever writes false, 0 or an empty text means it.",
        text,
        orRefused(
          text,
          "The default is for what is not there. Something that is there and counts as false is there. Ask whether the key was given, not whether its value is truthy.",
        ),
      ),
    ).toBe(expected);
  }
});

test("an unknown key is refused by name", () => {
  for (const key of ["prot", "toString"]) {
    const text = `[{port, 80}, {${key === "prot" ? key : `'${key}'`}, 81}].`;
    expect(
      readingOf(text),
      says(
        `"${key}" is no setting. The file is refused, with a sentence that names it.`,
        text,
        key === "prot"
          ? "Somebody wants another port and would get the old one. A key that is ignored is a mistake that nobody is told of. Refuse it, and say which one it was."
          : "Every object in JavaScript has a toString, and a look-up that asks the whole chain of prototypes finds it. Only the object's own keys are settings.",
      ),
    ).toMatch(new RegExp(`^refused: .*${key}`, "s"));
  }
});

test("a value of the wrong kind is refused, and its key is named", () => {
  for (const [key, text] of [
    ["port", "[{port, '9000'}]."],
    ["motto", "[{motto, 7}]."],
    ["sunday", "[{port, 80}, {sunday, sometimes}]."],
  ] as const) {
    expect(
      readingOf(text),
      says(
        `The value of "${key}" is of the wrong kind. The file is refused, with a sentence that names "${key}".`,
        text,
        "A value that will not do is neither believed nor replaced. The default is for what was left out; here somebody wanted something else and has to learn that it was not understood. And of which setting: the sentence is for one who looks for the line to repair.",
      ),
    ).toMatch(new RegExp(`^refused: .*${key}`, "s"));
  }
});

test("a text that nobody can read is refused", () => {
  const text = "[{port, 80}";
  expect(
    readingOf(text),
    says(
      "A list that does not end is no settings file.",
      text,
      "consult has said why it cannot read the text. Give that sentence on.",
    ),
  ).toMatch(/^refused: ./);
});
