import { expect, test } from "vitest";
import { format } from "#runtime";
import { frame, reader } from "./exercise.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder().decode(data);
const hello = Uint8Array.of(0, 5, ...bytes("hello"));
const you = Uint8Array.of(0, 3, ...bytes("you"));

/** What came of a list of messages, as text; long ones as their length. */
function shown(given: unknown): string {
  if (!isMessages(given)) return `no list of Uint8Arrays: ${format(given)}`;
  const short = (data: Uint8Array) =>
    data.length > 20 ? `${data.length} bytes` : text(data);
  return JSON.stringify(given.map(short));
}

function isMessages(given: unknown): given is Uint8Array[] {
  return (
    Array.isArray(given) && given.every((one) => one instanceof Uint8Array)
  );
}

/** What a reader gives for each piece. */
function read(...pieces: Uint8Array[]): string {
  const give = reader();
  if (typeof give !== "function") return `no function: ${format(give)}`;
  try {
    return pieces.map((piece) => shown(give(piece))).join(" ");
  } catch (error) {
    // Whoever reads what is not there yet; other errors are told with a place.
    if (error instanceof RangeError) return `it threw: ${error}`;
    throw error;
  }
}

function says(rule: string, happened: string, look: string): string {
  return `${rule}\n\nWhat happened: ${happened}\n\n${lookAtForm(happened) ?? look}\n\nIn short`;
}

/** What to say of something that no reader and no frame can be. */
function lookAtForm(happened: string): string | undefined {
  if (!happened.includes("no function") && !happened.includes("no list"))
    return undefined;
  const look =
    "reader() gives a function. That is given a piece, and gives an array of Uint8Arrays, one for each message: an empty array where nothing is complete.";
  const isNothing = happened.includes("undefined");
  return isNothing ? `${look} Was a return forgotten?` : look;
}

test("a message gets its length in two bytes, the larger half first", () => {
  for (const length of [0, 5, 255, 256, 300, 65_535]) {
    const framed: unknown = frame(new Uint8Array(length).fill(120));
    const isFrame = framed instanceof Uint8Array;
    const header = isFrame
      ? `${framed.length} bytes, which begin ${framed[0]} ${framed[1]}`
      : `no Uint8Array: ${format(framed).slice(0, 60)}`;
    const expected = `${length + 2} bytes, which begin ${Math.floor(length / 256)} ${length % 256}`;
    const look = isFrame
      ? "A byte holds 0 to 255 and forgets the rest. The first byte of the header says how many times 256, the second what is over. Neither is a byte of the message."
      : `A frame is a Uint8Array.${framed === undefined ? " Was its return forgotten?" : ""}`;
    expect(
      header,
      says(`A message of ${length} bytes: ${expected}.`, header, look),
    ).toBe(expected);
  }
});

test("behind the header stands the message", () => {
  const happened = [...frame(bytes("hello"))].join(" ");
  expect(
    happened,
    says(
      'The frame of "hello" is 0 5, and then its five bytes.',
      happened,
      "The message is copied into the frame, from the third byte on.",
    ),
  ).toBe([...hello].join(" "));
});

test("a message that is too long is refused", () => {
  let happened = "a frame was made";
  try {
    frame(new Uint8Array(65_536));
  } catch (error) {
    happened = error instanceof RangeError ? "RangeError" : `${error}`;
  }
  const look =
    happened === "a frame was made"
      ? "The header would say 0, and all that comes behind would be read as garbage. Erlang does just that. Refuse the message before it does harm."
      : "It was refused, and not with a RangeError. Whoever catches it asks for the class.";
  expect(
    happened,
    says("65,536 bytes do not fit a header of two.", happened, look),
  ).toBe("RangeError");
});

test("a message is given without its header", () => {
  const happened = read(hello);
  expect(
    happened,
    says(
      'The frame of "hello" comes in one piece: one message, "hello".',
      happened,
      "The first two bytes say how many come behind them, the larger half first. The message begins at the third byte, and ends so many bytes later.",
    ),
  ).toBe('["hello"]');
});

test("two messages that come in one piece are two messages", () => {
  const happened = read(Uint8Array.of(...hello, ...you));
  const look =
    "What came together was taken for one, or the second was lost. Behind a whole message there may be another. Look again until there is none.";
  expect(
    happened,
    says("Two frames in one piece are two messages.", happened, look),
  ).toBe('["hello","you"]');
});

test("a message that comes in two pieces is one message", () => {
  const happened = read(hello.subarray(0, 4), hello.subarray(4));
  const look =
    "A piece was taken for a message. Nothing is complete after the first piece. Keep it, and put the next one behind it.";
  expect(
    happened,
    says("Half a frame is no message, the rest makes it one.", happened, look),
  ).toBe('[] ["hello"]');
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
  ).toBe('[] ["300 bytes"]');
});

test("a message is given once", () => {
  const happened = read(hello, you);
  expect(
    happened,
    says(
      "Two pieces, a message in each: one is given for each piece.",
      happened,
      "What was complete before has been given already. The list is for this piece; the rest is for the next.",
    ),
  ).toBe('["hello"] ["you"]');
});

test("a message may be empty", () => {
  const happened = read(Uint8Array.of(0, 0), you);
  expect(
    happened,
    says(
      "A frame of 0 0 is a whole message of no bytes.",
      happened,
      "Two bytes that say 0 are a frame already; nothing comes behind them. Look at where the loop stops.",
    ),
  ).toBe('[""] ["you"]');
});

test("two readers have nothing to do with each other", () => {
  const [one, other] = [reader(), reader()];
  one(hello.subarray(0, 4));
  const happened = `${shown(other(you))} ${shown(one(hello.subarray(4)))}`;
  const look =
    "What one client had begun was put in front of what another has said. Each reader needs a rest of its own: make it inside reader.";
  expect(
    happened,
    says("Two streams are read by two readers.", happened, look),
  ).toBe('["you"] ["hello"]');
});
