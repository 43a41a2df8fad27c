import { createInterface, type Interface } from "node:readline";
import { type Pid, type Self, send, spawn } from "#runtime";
import { client, type FromKeyboard, type Shown } from "./client.ts";
import {
  DIM,
  inColour,
  inWords,
  plain,
  rowsOf,
  withoutColour,
} from "./screen.ts";

const ASK_NAME = "Your name (6 to 20 characters): ";

/** Goes to the beginning of so many rows further up and clears all from there. */
const above = (rows: number) => `${rows > 0 ? `\x1b[${rows}A` : ""}\r\x1b[J`;

/** A person's end of the chat: a keyboard, a screen, and one process. */
export class Terminal {
  readonly #lines: Interface;
  readonly #isScreen = process.stdout.isTTY === true;
  readonly #port: number;
  #client: Pid<FromKeyboard> | undefined;
  #isLeaving = false;
  /** Nothing can be typed any more, and readline must not be asked to. */
  #isClosed = false;

  constructor(port: number, name: string | undefined) {
    this.#port = port;
    this.#lines = createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: this.#isScreen,
      prompt: this.#isScreen ? ASK_NAME : "",
    });
    this.#lines.on("line", (line) => this.#typed(line));
    // Ctrl+D and Ctrl+C: a person who wants to go. The end of what is piped
    // after /quit is no second wish, which would be one to go at once.
    this.#lines.on("close", () => {
      this.#isClosed = true;
      if (!this.#isLeaving) this.#leave();
    });
    this.#lines.on("SIGINT", () => this.#leave());
    if (name === undefined) this.#lines.prompt();
    else this.#enter(name);
  }

  /** A line from elsewhere, above the one that is being typed. */
  log(text: string): void {
    this.#print(this.#paint(DIM, plain(text)));
  }

  get #paint() {
    return this.#isScreen && !process.env.NO_COLOR ? inColour : withoutColour;
  }

  #typed(asTyped: string): void {
    const line = asTyped.trim();
    if (line === "/quit") return this.#leave();
    if (line === "") return this.#lines.prompt();
    if (this.#client === undefined) return this.#enter(line);
    // The chat sends it back with a name in front: once is enough.
    if (this.#isScreen) process.stdout.write(above(this.#rows(asTyped)));
    send(this.#client, ["say", line]);
  }

  #enter(name: string): void {
    const guest = { name, port: this.#port };
    const show = (shown: Shown) => this.#show(shown);
    this.#lines.setPrompt(this.#isScreen ? "> " : "");
    this.#client = spawn(function* visitor(self: Self<FromKeyboard>) {
      return client(self as never, guest, show);
    });
  }

  #leave(): void {
    this.#isLeaving = true;
    if (this.#client) send(this.#client, "quit");
    else this.#end();
  }

  #show(shown: Shown): void {
    this.#print(inWords(shown, this.#paint));
    if (shown[0] === "bye") return this.#end();
    if (shown[0] !== "refused") return;
    this.#client = undefined;
    this.#isLeaving = false;
    if (this.#isClosed) return;
    this.#lines.setPrompt(this.#isScreen ? ASK_NAME : "");
    this.#lines.prompt();
  }

  #print(text: string): void {
    if (!this.#isScreen) return console.log(text);
    const { line, cursor } = this.#lines;
    const rows = this.#rows(line.slice(0, cursor)) - 1;
    // Readline goes up as many rows before it draws again: they must be there.
    const room = this.#isClosed ? "" : "\n".repeat(rows);
    process.stdout.write(`${above(rows)}${text}\n${room}`);
    if (!this.#isClosed) this.#lines.prompt(true);
  }

  /** Of the line that is being typed, its prompt in front. */
  #rows(text: string): number {
    const columns = process.stdout.columns || Number.POSITIVE_INFINITY;
    return rowsOf(`${this.#lines.getPrompt()}${text}`, columns);
  }

  #end(): void {
    process.stdout.write(this.#isScreen ? "\r\x1b[2K" : "");
    this.#lines.removeAllListeners("close");
    this.#lines.close();
    if (process.connected) process.disconnect?.();
  }
}
