import { availableParallelism } from "node:os";

/**
 * How long the event loop stays awake behind a packet, in milliseconds. The
 * other node answers within it, if it answers at once.
 */
const LIMIT_MS = 0.2;

/**
 * Keeps the event loop turning for a moment instead of letting it sleep: to be
 * woken by the kernel takes as long as all the rest of a round trip. BEAM's
 * schedulers do the same (manual: erts, `erl +sbwt`).
 *
 * The one place beside a node's clock where time is read: what it decides is
 * how soon the program hears of a packet, never what a process is told.
 */
export class BusyWait {
  readonly #nowMs: () => number;
  readonly #later: (turn: () => void) => void;
  #untilMs = 0;
  #isTurning = false;

  constructor(nowMs: () => number, later: (turn: () => void) => void) {
    this.#nowMs = nowMs;
    this.#later = later;
  }

  /** A packet has come; its answer may bring the next one soon. */
  begin(): void {
    this.#untilMs = this.#nowMs() + LIMIT_MS;
    if (this.#isTurning) return;
    this.#isTurning = true;
    this.#later(this.#turn);
  }

  readonly #turn = (): void => {
    if (this.#nowMs() < this.#untilMs) this.#later(this.#turn);
    else this.#isTurning = false;
  };
}

const nowMs = () => performance.now();

/** That of this program; on a single core it would only delay the others. */
export const busyWait =
  availableParallelism() > 1
    ? new BusyWait(nowMs, setImmediate)
    : { begin() {} };
