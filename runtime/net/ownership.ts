import type { LocalProcess } from "../core/process.ts";

const TAGS = new Set<unknown>([
  "tcp",
  "tcp_closed",
  "tcp_error",
  "tcp_passive",
]);

/** The tie between a socket and its owner, with whom it dies. */
export class Ownership {
  #owner: LocalProcess;
  readonly #release: () => void;

  /** @param release - Called when the owner dies, for whatever reason. */
  constructor(owner: LocalProcess, release: () => void) {
    this.#owner = owner;
    this.#release = release;
    this.#attach();
  }

  get owner(): LocalProcess {
    return this.#owner;
  }

  /** Puts a message of the socket into the owner's mailbox. */
  tell(
    message: readonly [tag: string, socket: unknown, ...rest: unknown[]],
  ): void {
    const { home, pid } = this.#owner;
    if (home.tracer) {
      const to = pid as never;
      home.trace({ kind: "send", from: undefined, to, message });
    }
    home.deliver(pid, message);
  }

  /**
   * Gives the socket to another process, with the messages of it that are in
   * the old owner's mailbox already, so that none is lost or overtaken.
   */
  moveTo(next: LocalProcess, socket: unknown): void {
    if (next === this.#owner) return;
    const { mailbox } = this.#owner;
    this.end();
    this.#owner = next;
    this.#attach();
    for (let i = mailbox.head; i < mailbox.tail; ) {
      const message = mailbox.at(i);
      if (!isOf(socket, message)) i++;
      else {
        // Removing from the front half moves the entries before it instead.
        const left = mailbox.tail - i;
        mailbox.removeAt(i);
        if (mailbox.tail - i === left) i++;
        this.tell(message);
      }
    }
  }

  /** The socket is closed; the owner's death means nothing to it now. */
  end(): void {
    this.#owner.cleanups?.delete(this.#release);
  }

  #attach(): void {
    this.#owner.cleanups ??= new Set();
    this.#owner.cleanups.add(this.#release);
  }
}

function isOf(
  socket: unknown,
  message: unknown,
): message is [tag: string, socket: unknown] {
  return (
    Array.isArray(message) && message[1] === socket && TAGS.has(message[0])
  );
}
