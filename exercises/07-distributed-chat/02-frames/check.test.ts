import { expect, test } from "vitest";
import { frame, reader } from "./exercise.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder().decode(data);
const hello = Uint8Array.of(0, 5, ...bytes("hello"));
const you = Uint8Array.of(0, 3, ...bytes("you"));

/** What a reader gives for each piece, as text. */
function read(...pieces: Uint8Array[]): string {
  try {
    const give = reader();
    const answers = pieces.map((piece) => `[${give(piece).map(text)}]`);
    return answers.join(" ");
  } catch (error) {
    return `it threw: ${error}`;
  }
}

function says(rule: string, happened: string, look: string): string {
  return `${rule}\n\nWhat happened: ${happened.slice(0, 200)}\n\n${look}\n\nIn short`;
}

test("a message gets its length in two bytes, the larger half first", () => {
  for (const length of [0, 5, 255, 256, 300, 65_535]) {
    const framed = frame(new Uint8Array(length));
    const header = `${framed.length} bytes, which begin ${framed[0]} ${framed[1]}`;
    const expected = `${length + 2} bytes, which begin ${Math.floor(length / 256)} ${length % 256}`;
    const look =
      "A byte holds 0 to 255 and forgets the rest. The first byte of the header says how many times 256, the second what is over.";
    expect(
      header,
      says(`A message of ${length} bytes: ${expected}.`, header, look),
    ).toBe(expected);
  }
});

test("a message that is too long is refused", () => {
  let happened = "a frame was made";
  try {
    frame(new Uint8Array(65_536));
  } catch (error) {
    happened = error instanceof RangeError ? "RangeError" : `${error}`;
  }
  const look =
    "The header would say 0, and all that comes behind would be read as garbage. Erlang does just that. Refuse the message before it does harm.";
  expect(
    happened,
    says("65,536 bytes do not fit a header of two.", happened, look),
  ).toBe("RangeError");
});

test("two messages that come in one piece are two messages", () => {
  const happened = read(Uint8Array.of(...hello, ...you));
  const look =
    "What came together was taken for one, or the second was lost. Behind a whole message there may be another. Look again until there is none.";
  expect(
    happened,
    says("Two frames in one piece are two messages.", happened, look),
  ).toBe("[hello,you]");
});

test("a message that comes in two pieces is one message", () => {
  const happened = read(hello.subarray(0, 4), hello.subarray(4));
  const look =
    "A piece was taken for a message. Nothing is complete after the first piece. Keep it, and put the next one behind it.";
  expect(
    happened,
    says("Half a frame is no message, the rest makes it one.", happened, look),
  ).toBe("[] [hello]");
});

test("a header may come in two pieces, too", () => {
  const long = new Uint8Array(302).fill(120);
  long.set([1, 44]);
  const happened = read(long.subarray(0, 1), long.subarray(1));
  const look =
    "After one byte not even the length is known. What is not there yet is not 0. Look whether the header is complete before you read it, and read both of its bytes.";
  expect(
    happened,
    says("A message of 300 bytes, cut within its header.", happened, look),
  ).toBe(`[] [${"x".repeat(300)}]`);
});

test("two readers have nothing to do with each other", () => {
  const [one, other] = [reader(), reader()];
  let happened: string;
  try {
    one(hello.subarray(0, 4));
    happened = `[${other(you).map(text)}] [${one(hello.subarray(4)).map(text)}]`;
  } catch (error) {
    happened = `it threw: ${error}`;
  }
  const look =
    "What one client had begun was put in front of what another has said. Each reader needs a rest of its own: make it inside reader.";
  expect(
    happened,
    says("Two streams are read by two readers.", happened, look),
  ).toBe("[you] [hello]");
});
