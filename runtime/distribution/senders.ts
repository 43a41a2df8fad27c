import type { LocalPid } from "../core/pid.ts";
import type { LocalProcess } from "../core/process.ts";
import { AWAY } from "../core/process-state.ts";

/**
 * The processes that have sent more than a link carries away. Each stops at
 * its next `yield*` and goes on when there is room, as BEAM suspends those
 * who send to a busy connection.
 *
 * The bound is soft: what one slice of a process sends is taken in any case,
 * and code outside any process cannot be stopped.
 */
export class HeldSenders {
  readonly #held = new Set<LocalProcess>();

  hold(pid: LocalPid | undefined): void {
    const process = pid?.process;
    if (process === undefined) return;
    process.held = true;
    process.home.interrupt();
    this.#held.add(process);
  }

  release(): void {
    for (const process of this.#held) {
      process.held = false;
      if (process.status === AWAY) process.home.wake(process);
    }
    this.#held.clear();
  }
}
