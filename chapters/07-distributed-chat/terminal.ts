import { type Pid, type Self, send, spawn } from "#runtime";
import { client, type FromKeyboard, type Shown } from "./client.ts";
import { PromptScreen, type Streams } from "./prompt-screen.ts";
import { DIM, inWords, plain } from "./screen.ts";

const ASK_NAME = "Your name (6 to 20 characters): ";
const ASK_LINE = "> ";

/** A person's end of the chat: a keyboard, a screen, and one process. */
export class Terminal {
  readonly #screen: PromptScreen;
  readonly #port: number;
  #client: Pid<FromKeyboard> | undefined;
  #isLeaving = false;

  constructor(
    port: number,
    name: string | undefined,
    streams: Streams = process,
  ) {
    this.#port = port;
    this.#screen = new PromptScreen(streams);
    const { lines } = this.#screen;
    lines.on("line", (line) => this.#typed(line));
    // Ctrl+D and Ctrl+C: a person who wants to go. The end of what is piped
    // after /quit is no second wish, which would be one to go at once.
    lines.on("close", () => {
      if (!this.#isLeaving) this.#leave();
    });
    lines.on("SIGINT", () => this.#leave());
    if (name === undefined) this.#screen.ask(ASK_NAME);
    else this.#enter(name);
  }

  /** A line from elsewhere, above the one that is being typed. */
  log(text: string): void {
    this.#screen.print((paint) => paint(DIM, plain(text)));
  }

  #typed(asTyped: string): void {
    const line = asTyped.trim();
    if (line === "/quit") return this.#leave();
    if (this.#client === undefined && line !== "") return this.#enter(line);
    // The chat sends it back with a name in front: once is enough.
    this.#screen.takeAway(asTyped);
    if (this.#client === undefined) return this.#screen.ask(ASK_NAME);
    if (line !== "") send(this.#client, ["say", line]);
    this.#screen.ask(ASK_LINE);
  }

  #enter(name: string): void {
    const guest = { name, port: this.#port };
    const show = (shown: Shown) => this.#show(shown);
    this.#screen.ask(ASK_LINE);
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
    this.#screen.print((paint) => inWords(shown, paint));
    if (shown[0] === "bye") return this.#end();
    if (shown[0] !== "refused") return;
    this.#client = undefined;
    this.#isLeaving = false;
    this.#screen.ask(ASK_NAME);
  }

  #end(): void {
    this.#isLeaving = true;
    this.#screen.close();
    if (process.connected) process.disconnect?.();
  }
}
