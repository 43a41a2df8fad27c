import type { Identities } from "./identities.ts";
import type { Limits } from "./reader.ts";
import { isStackOverflow } from "./stack.ts";
import { VERSION } from "./tags.ts";
import { Writer } from "./writer.ts";

type Write = (writer: Writer, value: unknown) => void;

/** Writes one value after the other with the same writer. */
export class Pen {
  readonly #limits: Limits;
  readonly #identities: Identities;
  /** Taken while in use: `describe` may encode something, too. */
  #spare: Writer | undefined;

  constructor(limits: Limits, identities: Identities) {
    this.#limits = limits;
    this.#identities = identities;
  }

  /** The bytes of a value, behind those of `head`. */
  write(value: unknown, write: Write, head?: Uint8Array): Uint8Array {
    const writer =
      this.#spare ?? new Writer(this.#limits.maximumDepth, this.#identities);
    this.#spare = undefined;
    writer.begin(head);
    writer.byte(VERSION);
    writeWhole(writer, value, write);
    const term = writer.cut();
    // The room that one large value needed is not kept for the small ones.
    if (writer.bytes.length <= 65_536) this.#spare = writer;
    return term;
  }
}

function writeWhole(writer: Writer, value: unknown, write: Write): void {
  try {
    write(writer, value);
  } catch (cause) {
    if (!isStackOverflow(cause)) throw cause;
    throw writer.error(
      "too_deep",
      "JavaScript's stack has no room for a value nested this deep",
    );
  }
}
