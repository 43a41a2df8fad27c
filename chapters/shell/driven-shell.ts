import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const LIMIT_MS = 20_000;
const entry = join(import.meta.dirname, "..", "shell.ts");

/** A shell in a process of its own, driven line by line through its pipes. */
export class DrivenShell {
  readonly #child: ChildProcess;
  /** What was printed and typed so far, as a terminal would show it. */
  transcript = "";
  /** Where in the transcript the prompt was last waited for. */
  #read = 0;
  errors = "";
  readonly ended: Promise<number | null>;

  /** @param program what node is to run: as npm does, if nothing is said. */
  constructor(program: readonly string[] = ["--import", "tsx", entry]) {
    this.#child = spawn(process.execPath, program);
    this.#child.stdout?.setEncoding("utf8");
    this.#child.stderr?.setEncoding("utf8");
    this.#child.stdout?.on("data", (text: string) => {
      // Where a line goes on, newer versions of Node have a shorter prompt.
      this.transcript += text.replace(/(^|\n)\| $/, "$1... ");
    });
    this.#child.stderr?.on("data", (text: string) => {
      this.errors += text;
    });
    this.ended = new Promise((resolve) => this.#child.on("close", resolve));
  }

  /** Waits for a prompt, types a line, and gives what is printed for it. */
  async type(line: string): Promise<string> {
    await this.prompt();
    this.transcript += `${line}\n`;
    this.#read = this.transcript.length;
    this.#child.stdin?.write(`${line}\n`);
    return this.prompt();
  }

  /** Waits until a prompt stands there; gives what was printed before it. */
  async prompt(): Promise<string> {
    const prompt = /(^|\n)(\d+> |\.\.\. )$/;
    const printed = () => this.transcript.slice(this.#read);
    if (!prompt.test(printed())) {
      await new Promise<void>((resolve, reject) => {
        const failed = (why: string) => () =>
          reject(new Error(`${why}:\n${this.transcript}\n${this.errors}`));
        const limit = setTimeout(failed("No prompt in time"), LIMIT_MS);
        const ended = failed("The shell ended");
        const look = () => {
          if (!prompt.test(printed())) return;
          clearTimeout(limit);
          this.#child.stdout?.off("data", look);
          this.#child.off("close", ended);
          resolve();
        };
        this.#child.stdout?.on("data", look);
        this.#child.on("close", ended);
      });
    }
    return printed().replace(prompt, "").trimEnd();
  }

  /** Types without waiting for an answer. */
  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Ends the input, as Ctrl-D does. */
  endInput(): void {
    this.#child.stdin?.end();
  }

  kill(): void {
    this.#child.kill();
  }
}
