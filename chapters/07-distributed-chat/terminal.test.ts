import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import type { Streams } from "./prompt-screen.ts";
import { howManyFit } from "./screen.ts";
import { Terminal } from "./terminal.ts";

/** As much of a terminal as the chat and readline make use of. */
class Screen extends Writable {
  readonly isTTY = true;
  readonly rows = 24;
  columns: number;
  #lines = [""];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    super({ decodeStrings: false });
    this.columns = columns;
  }

  override _write(text: string, _encoding: unknown, done: () => void): void {
    const [plain = "", ...orders] = text.split("\x1b[");
    this.#type(plain);
    for (const order of orders) {
      const [all, number, letter] = /^(\d*)([A-Za-z])/.exec(order) ?? [""];
      this.#obey(letter, Number(number || 1));
      this.#type(order.slice(all.length));
    }
    done();
  }

  /** Another width. Where old lines are wrapped anew, the cursor moves too. */
  become(columns: number, cursorDown: number): void {
    this.columns = columns;
    this.#column = Math.min(this.#column, columns - 1);
    for (let i = 0; i < cursorDown; i++) this.#type("\n");
    this.emit("resize");
  }

  /** What a person sees, "_" where the cursor is. */
  get seen(): string[] {
    return this.#lines.map((line, row) => {
      if (row !== this.#row) return line.trimEnd();
      const before = line.padEnd(this.#column).slice(0, this.#column);
      return `${before}_${line.slice(this.#column + 1)}`;
    });
  }

  #type(text: string): void {
    for (const one of text) {
      if (one === "\r") this.#column = 0;
      else if (one === "\n") this.#row++;
      else {
        // A full row is left only when one more character comes.
        if (this.#column === this.columns) {
          this.#row++;
          this.#column = 0;
        }
        const line = (this.#lines[this.#row] ?? "").padEnd(this.#column);
        const [before, after] = [this.#column, this.#column + 1];
        this.#lines[this.#row] =
          line.slice(0, before) + one + line.slice(after);
        this.#column++;
      }
      this.#lines[this.#row] ??= "";
    }
  }

  #obey(order: string | undefined, number: number): void {
    if (order === "A") this.#row = Math.max(0, this.#row - number);
    else if (order === "D") this.#column -= number;
    else if (order === "G") this.#column = number - 1;
    else if (order === "H") [this.#row, this.#column] = [0, 0];
    else if (order === "J") {
      const line = this.#lines[this.#row] ?? "";
      this.#lines.splice(this.#row, Number.POSITIVE_INFINITY);
      this.#lines[this.#row] = line.slice(0, this.#column);
    } else if (order !== "m") throw new Error(`CSI ${order} is not known`);
  }
}

/** A person who is asked for a name; nothing else is needed to type. */
function seated(columns: number) {
  const keyboard = new PassThrough();
  const screen = new Screen(columns);
  const streams = { stdin: keyboard, stdout: screen } as unknown as Streams;
  const terminal = new Terminal(0, undefined, streams);
  /** All at once is pasted, one by one is typed. */
  const paste = (text: string) => keyboard.emit("data", Buffer.from(text));
  const type = (text: string) => [...text].forEach(paste);
  return { screen, terminal, paste, type };
}

const LEFT = "\x1b[D";

test("a line from elsewhere stands above the one that is half typed", () => {
  const { screen, terminal, type } = seated(40);
  terminal.log("before");
  type("Annabel, who");
  terminal.log("one");
  type(" is here");
  terminal.log("two");
  expect(screen.seen).toEqual([
    "before",
    "one",
    "two",
    "Your name (6 to 20 characters): Annabel,",
    " who is here_",
  ]);
});

test("what is pasted can be edited, and takes no other line's place", () => {
  const { screen, terminal, paste, type } = seated(40);
  terminal.log("before");
  paste("Annabel, who is here");
  paste(LEFT.repeat(2));
  type("X");
  terminal.log("after the paste");
  expect(screen.seen).toEqual([
    "before",
    "after the paste",
    "Your name (6 to 20 characters): Annabel,",
    " who is heX_e",
  ]);
});

test.each([0, 1])(
  "at a new width all is drawn again, wherever the cursor is then (%i rows down)",
  (cursorDown) => {
    const { screen, terminal, type } = seated(60);
    terminal.log("a line that is as long as this one is");
    type("Annabel");
    const narrow = [
      "a line that is as lo",
      "ng as this one is",
      "Your name (6 to 20 c",
      "haracters): Annabel_",
    ];
    screen.become(21, cursorDown);
    screen.become(20, cursorDown);
    // A full row: the cursor is at the beginning of the next.
    const full = [...narrow.slice(0, 3), "haracters): Annabel!", "_"];
    type("!");
    expect(screen.seen).toEqual(full);
    type("?");
    screen.become(60, 0);
    terminal.log("later");
    expect(screen.seen).toEqual([
      "a line that is as long as this one is",
      "later",
      "Your name (6 to 20 characters): Annabel!?_",
    ]);
  },
);

test("of a person who leaves, nothing half typed stays on the screen", () => {
  const { screen, terminal, paste } = seated(40);
  terminal.log("before");
  paste("Annabel, who is here");
  paste("\x03");
  expect(screen.seen).toEqual(["before", "_"]);
});

test("a screen has room for the last lines, each in as many rows as it takes", () => {
  const lines = ["x".repeat(30), "short", "x".repeat(15), ""];
  expect(howManyFit(lines, 20, 0)).toBe(0);
  expect(howManyFit(lines, 20, 1)).toBe(1);
  expect(howManyFit(lines, 20, 2)).toBe(2);
  expect(howManyFit(lines, 20, 4)).toBe(3);
  expect(howManyFit(lines, 20, 5)).toBe(4);
  expect(howManyFit(lines, 10, 4)).toBe(3);
});
