const NOTHING = new Uint8Array(0);

/** Told where in `bytes` a frame's content begins and ends. */
export type OnFrame = (bytes: Uint8Array, start: number, end: number) => void;

/** A message with its length in two bytes in front. */
export function framed(content: Uint8Array | string): Uint8Array {
  const bytes = Buffer.from(content as string);
  const length = Buffer.from([bytes.length >> 8, bytes.length & 255]);
  return Buffer.concat([length, bytes]);
}

/**
 * Cuts what comes off a socket into frames of two bytes of length.
 *
 * Not the runtime's own framing: what measures a server should not share its
 * mistakes.
 */
export class Frames {
  readonly #onFrame: OnFrame;
  /** The beginning of a frame that has not all come. */
  #rest: Uint8Array = NOTHING;

  constructor(onFrame: OnFrame) {
    this.#onFrame = onFrame;
  }

  push(chunk: Uint8Array): void {
    const bytes =
      this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (at + 2 <= bytes.length) {
      const end = at + 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      if (end > bytes.length) break;
      this.#onFrame(bytes, at + 2, end);
      at = end;
    }
    this.#rest = at === bytes.length ? NOTHING : bytes.slice(at);
  }
}
