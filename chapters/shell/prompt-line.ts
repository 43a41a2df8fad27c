import { Console } from "node:console";
import { clearLine, cursorTo } from "node:readline";
import type { REPLServer } from "node:repl";
import { Writable } from "node:stream";

/**
 * Lets processes print while somebody is typing: the line that is being typed
 * is taken away, the text printed, and the line put back below it.
 */
export class PromptLine {
  /** Whether the prompt stands there and waits. */
  waiting = false;
  repl: REPLServer | undefined;

  /** Everything that this program prints goes through here from now on. */
  takeOverConsole(): void {
    globalThis.console = new Console({
      stdout: this.#above(process.stdout),
      stderr: this.#above(process.stderr),
    });
  }

  #above(stream: NodeJS.WriteStream): Writable {
    const line = this;
    return new Writable({
      decodeStrings: false,
      write(text: string, _encoding, written) {
        const typing = line.waiting && process.stdout.isTTY;
        if (typing) {
          cursorTo(process.stdout, 0);
          clearLine(process.stdout, 0);
        }
        stream.write(text);
        if (typing) line.repl?.displayPrompt(true);
        written();
      },
    });
  }
}
