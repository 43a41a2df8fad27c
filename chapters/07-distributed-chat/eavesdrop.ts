import type { Listener, Transport, Wire } from "#runtime/distribution";

/** Bytes on their way from one node to the other. */
export interface Overheard {
  readonly from: "caller" | "called";
  readonly hex: string;
}
type Note = (overheard: Overheard) => void;

/** The same network, with somebody who listens to every connection. */
export function eavesdrop(transport: Transport, note: Note): Transport {
  return {
    ...transport,
    dial: async (place) => new TappedWire(await transport.dial(place), note),
  };
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The caller's end of a connection, and an ear at it. */
class TappedWire implements Wire {
  readonly #wire: Wire;
  readonly #note: Note;
  #listener: Listener | undefined;

  constructor(wire: Wire, note: Note) {
    this.#wire = wire;
    this.#note = note;
  }

  get listener(): Listener | undefined {
    return this.#listener;
  }

  set listener(listener: Listener | undefined) {
    this.#listener = listener;
    this.#wire.listener = listener && {
      data: (bytes) => {
        this.#note({ from: "called", hex: hexOf(bytes) });
        // Whoever listens may have changed meanwhile: ask anew each time.
        this.#listener?.data(bytes);
      },
      closed: (reason) => this.#listener?.closed(reason),
      drained: () => this.#listener?.drained(),
    };
  }

  get pendingBytes(): number {
    return this.#wire.pendingBytes;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#note({ from: "caller", hex: hexOf(bytes) });
    this.#wire.write(bytes);
  }

  pause(): void {
    this.#wire.pause();
  }

  resume(): void {
    this.#wire.resume();
  }

  close(): void {
    this.#wire.close();
  }
}
