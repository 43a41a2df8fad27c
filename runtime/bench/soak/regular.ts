import { Caller } from "../chat/caller.ts";
import { heardIn, MOST_NUMBERS, spoken } from "../chat/spoken.ts";
import type { Minutes } from "./minutes.ts";

/** How soon it tries again when the chat is away. */
const PAUSE_MS = 50;

/** Enough for a name and what has become of it. */
const TAIL_BYTES = 60;

/** The end of what a frame says; the beginning may be long. */
export function tailOf(bytes: Uint8Array, start: number, end: number): string {
  const from = Math.max(start, end - TAIL_BYTES);
  return Buffer.from(bytes.subarray(from, end)).toString("latin1");
}

/** What all regulars of a chat share. */
export interface Around {
  readonly minutes: Minutes;
  /** The chat's port. */
  port(): number;
  /** The milliseconds until somebody speaks again. */
  pauseMs(): number;
  /** Something was heard, or somebody came or went. */
  changed(): void;
  /** Told of what was heard and is no regular's message. */
  overheard(text: string): void;
}

/** A client that talks on and on, and comes back whenever the chat was away. */
export class Regular {
  readonly #index: number;
  readonly #around: Around;
  #caller: Caller | undefined;
  #stopped = false;
  /** The message that has not come back yet. */
  #open = -1;
  /** How often it has come in. */
  visits = 0;

  constructor(index: number, around: Around) {
    this.#index = index;
    this.#around = around;
    void this.#enter();
  }

  /** Says something out of turn; gives its number. */
  say(): number {
    const message = this.#around.minutes.say(this.#index);
    this.#caller?.say(spoken(this.#index, message));
    return message;
  }

  stop(): void {
    this.#stopped = true;
    this.#caller?.hangUp();
  }

  async #enter(): Promise<void> {
    const { minutes, port, changed } = this.#around;
    try {
      this.#caller = await Caller.join({
        port: port(),
        name: `regular${this.#index}`,
        onFrame: (bytes, start, end) => this.#heard(bytes, start, end),
        onEnd: () => {
          minutes.leave(this.#index);
          this.#caller = undefined;
          changed();
          this.#later(() => void this.#enter());
        },
      });
    } catch {
      return this.#later(() => void this.#enter());
    }
    if (this.#stopped) return this.#caller.hangUp();
    this.visits++;
    minutes.join(this.#index);
    changed();
    this.#talk();
  }

  #talk(): void {
    if (this.#caller) this.#open = this.say();
  }

  #heard(bytes: Uint8Array, start: number, end: number): void {
    const { minutes, changed, overheard, pauseMs } = this.#around;
    const heard = heardIn(bytes, start, end);
    if (heard < 0) {
      return overheard(tailOf(bytes, start, end));
    }
    const message = heard % MOST_NUMBERS;
    minutes.hear(this.#index, message);
    changed();
    if (message !== this.#open) return;
    this.#later(() => this.#talk(), pauseMs());
  }

  #later(act: () => void, ms = PAUSE_MS): void {
    setTimeout(() => this.#stopped || act(), ms);
  }
}
