import type { LocalPid } from "../core/pid.ts";
import type { RemotePid } from "../core/remote.ts";

/**
 * Links that were taken back here, which the other side has not acknowledged.
 * Until it has, an exit over such a link, or a link from there, was sent
 * before it knew, and does not count (manual: erts, "Link Protocol").
 */
export class Unlinking {
  readonly #ids = new Map<LocalPid, Map<RemotePid, number>>();
  #lastId = 0;

  /** A number for the request to take back the link between the two. */
  begin(here: LocalPid, there: RemotePid): number {
    const id = ++this.#lastId;
    const ids = this.#ids.get(here) ?? new Map<RemotePid, number>();
    ids.set(there, id);
    this.#ids.set(here, ids);
    return id;
  }

  isUnderWay(here: LocalPid, there: RemotePid): boolean {
    return this.#ids.get(here)?.has(there) ?? false;
  }

  /** An acknowledgement counts only if it is for the last request. */
  acknowledge(here: LocalPid, there: RemotePid, id: number | bigint): void {
    const ids = this.#ids.get(here);
    if (ids?.get(there) !== id) return;
    ids.delete(there);
    if (ids.size === 0) this.#ids.delete(here);
  }

  clear(): void {
    this.#ids.clear();
  }
}
