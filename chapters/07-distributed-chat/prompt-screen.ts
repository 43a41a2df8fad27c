import { createInterface, type Interface } from "node:readline";
import {
  howManyFit,
  inColour,
  type Paint,
  rowsOf,
  withoutColour,
} from "./screen.ts";

/** What is shown, in the colours that there are. */
export type Words = (paint: Paint) => string;

/** Where a person types and reads: a terminal, or what is piped. */
export type Streams = Pick<typeof process, "stdin" | "stdout">;

/** Readline keeps in `prevRows` how far above the cursor its line begins. */
type Lines = Interface & { prevRows?: number };

/** More than any screen shows. */
const MOST_REMEMBERED = 500;

/** Goes to the beginning of so many rows further up and clears all from there. */
const above = (rows: number) => `${rows > 0 ? `\x1b[${rows}A` : ""}\r\x1b[J`;
const EMPTY_SCREEN = "\x1b[H\x1b[J";

/** A screen on which lines appear above the one that is being typed. */
export class PromptScreen {
  readonly lines: Lines;
  readonly #output: typeof process.stdout;
  readonly #isScreen: boolean;
  /** Nothing can be typed any more, and readline must not be asked to. */
  #isClosed = false;
  /** What may still be on the screen, oldest first. */
  #shown: Words[] = [];

  constructor({ stdin, stdout }: Streams) {
    this.#output = stdout;
    this.#isScreen = stdout.isTTY === true;
    // Before readline, which would draw where its line was before.
    if (this.#isScreen) stdout.on("resize", () => this.#repaint());
    this.lines = createInterface({
      input: stdin,
      output: stdout,
      terminal: this.#isScreen,
      prompt: "",
    });
    this.lines.on("close", () => {
      this.#isClosed = true;
    });
    // Of what is pasted, readline does not notice that it fills a row.
    stdin.on("keypress", () => {
      this.lines.prevRows = this.#rowsUp;
    });
  }

  /** Asks for a line, if there is still anybody to ask. */
  ask(prompt: string): void {
    if (this.#isClosed) return;
    this.lines.setPrompt(this.#isScreen ? prompt : "");
    this.lines.prompt();
  }

  /** A line above the one that is being typed. */
  print(words: Words): void {
    const text = words(this.#paint);
    if (!this.#isScreen) return console.log(text);
    this.#shown = [...this.#shown.slice(1 - MOST_REMEMBERED), words];
    this.#output.write(`${above(this.#rowsUp)}${text}\n`);
    this.#drawLine();
  }

  /** Takes away what was typed, when Enter has just ended it. */
  takeAway(typed: string): void {
    if (this.#isScreen) this.#output.write(above(this.#rows(typed)));
  }

  close(): void {
    if (this.#isScreen) this.#output.write(above(this.#rowsUp));
    this.lines.close();
  }

  get #paint(): Paint {
    return this.#isScreen && !process.env.NO_COLOR ? inColour : withoutColour;
  }

  /**
   * After a change of the screen's width. Some terminals wrap the old lines
   * anew and some do not, so nobody knows where they are: all is drawn again.
   */
  #repaint(): void {
    const { columns, rows } = this.#output;
    const plainly = this.#shown.map((words) => words(withoutColour));
    const rowsLeft = rows - this.#rows(this.lines.line);
    const fit = howManyFit(plainly, columns, rowsLeft);
    const last = this.#shown.slice(this.#shown.length - fit);
    const text = last.map((words) => `${words(this.#paint)}\n`);
    this.#output.write(`${EMPTY_SCREEN}${text.join("")}`);
    this.#drawLine();
  }

  /** What is being typed, from where the cursor is. */
  #drawLine(): void {
    if (this.#isClosed) return;
    this.lines.prevRows = 0;
    this.lines.prompt(true);
  }

  /** How far above the cursor the line begins that is being typed. */
  get #rowsUp(): number {
    return this.#isClosed ? 0 : this.lines.getCursorPos().rows;
  }

  /** Of a line that is typed, its prompt in front. */
  #rows(text: string): number {
    return rowsOf(`${this.lines.getPrompt()}${text}`, this.#output.columns);
  }
}
