import { statSync } from "node:fs";

/** Editors empty a file and then fill it. Nobody is to be shown the middle. */
const STEADY_MS = 20;

/**
 * chokidar reports a file once in 50 ms and forgets what happens in between.
 * So we look once more when it would report again.
 */
const BLIND_MS = 50;

/** Makes one call for each save out of reports, once the file is whole. */
export class WholeSaves {
  readonly #onSaved: (path: string) => void;
  readonly #stateOf: (path: string) => string;
  /** The next look at each file that is being saved. */
  readonly #looks = new Map<string, NodeJS.Timeout>();

  /** @param stateOf what differs when a file has changed. */
  constructor(onSaved: (path: string) => void, stateOf = timeAndSize) {
    this.#onSaved = onSaved;
    this.#stateOf = stateOf;
  }

  /** Something has happened to this file. */
  reported(path: string): void {
    const state = this.#stateOf(path);
    this.#lookIn(STEADY_MS, path, () => {
      if (this.#stateOf(path) !== state) return this.reported(path);
      this.#onSaved(path);
      this.#lookIn(BLIND_MS + 10, path, () => {
        if (this.#stateOf(path) !== state) this.reported(path);
      });
    });
  }

  close(): void {
    for (const look of this.#looks.values()) clearTimeout(look);
    this.#looks.clear();
  }

  #lookIn(ms: number, path: string, look: () => void): void {
    clearTimeout(this.#looks.get(path));
    this.#looks.set(
      path,
      setTimeout(() => {
        this.#looks.delete(path);
        look();
      }, ms),
    );
  }
}

/** The size too: emptied and filled again may be one tick of the clock. */
function timeAndSize(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs} ${stats.size}` : "gone";
}
