import type { Listener, Wire } from "./wire.ts";

/** One end of a connection in the memory of this program. */
class MemoryEnd implements Wire {
  listener: Listener | undefined = undefined;
  other: MemoryEnd | undefined = undefined;
  pendingBytes = 0;
  #queue: Uint8Array[] = [];
  #paused = false;
  #scheduled = false;
  #closed = false;

  write(bytes: Uint8Array): void {
    if (this.#closed || bytes.length === 0) return;
    this.pendingBytes += bytes.length;
    this.#queue.push(bytes);
    this.other?.wanted();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.wanted();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.listener = undefined;
    this.#queue = [];
    this.pendingBytes = 0;
    const { other } = this;
    if (other) queueMicrotask(() => other.lost());
  }

  /** There may be something to read; later, as with a socket. */
  wanted(): void {
    if (this.#scheduled || this.#paused || this.#closed) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#read();
    });
  }

  lost(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.pendingBytes = 0;
    this.listener?.closed("connection_closed");
  }

  #read(): void {
    const { other } = this;
    if (this.#closed || this.#paused || other === undefined) return;
    for (const bytes of other.take()) {
      if (!this.#closed) this.listener?.data(bytes);
    }
    other.listener?.drained();
  }

  take(): Uint8Array[] {
    const taken = this.#queue;
    this.#queue = [];
    this.pendingBytes = 0;
    return taken;
  }
}

/** Two ends: what is written to one is read from the other. */
export function memoryWires(): readonly [Wire, Wire] {
  const [here, there] = [new MemoryEnd(), new MemoryEnd()];
  here.other = there;
  there.other = here;
  return [here, there];
}
