import {
  demonitorFromAfar,
  downFromAfar,
  monitorFromAfar,
} from "../core/from-afar.ts";
import type { LocalNode } from "../core/node.ts";
import type { Frames } from "./frames.ts";
import type { RemoteNode } from "./remote-node.ts";
import type { Surroundings } from "./surroundings.ts";
import { pidHere, pidOf, refHere, refOf } from "./whose.ts";

/** What arrives about monitors, those from there and those from here. */
export class MonitorArrivals {
  readonly #home: LocalNode;
  readonly #frames: Frames;
  readonly #remote: RemoteNode;

  constructor({ home, frames }: Surroundings, remote: RemoteNode) {
    this.#home = home;
    this.#frames = frames;
    this.#remote = remote;
  }

  /** A process over there watches one here, by its pid or its name. */
  begin(from: unknown, watched: unknown, ref: unknown): void {
    const watcher = pidOf(this.#remote, from);
    const mark = refOf(this.#remote, ref);
    const name = typeof watched === "string" ? watched : undefined;
    const named = name === undefined ? undefined : this.#home.names.get(name);
    const to = name === undefined ? pidHere(watched) : named?.pid;
    if (to?.process === undefined) {
      const gone = watched as object | string;
      this.#remote.post(this.#frames.down(gone, watcher, mark, "noproc"));
      return;
    }
    this.#remote.watched.set(mark, name === undefined ? [to] : [to, name]);
    monitorFromAfar(this.#home, watcher, to, mark);
  }

  end(ref: unknown): void {
    const mark = refOf(this.#remote, ref);
    const [watched] = this.#remote.watched.get(mark) ?? [];
    this.#remote.watched.delete(mark);
    if (watched) demonitorFromAfar(this.#home, watched, mark);
  }

  /** Only the node where something is watched can tell of its end. */
  down(to: unknown, ref: unknown, reason: unknown): void {
    const watcher = pidHere(to);
    const mark = refHere(ref);
    const entry = mark && watcher?.process?.monitors?.get(mark);
    if (!watcher || !mark || entry?.remote !== this.#remote) return;
    downFromAfar(this.#home, watcher, mark, reason);
  }
}
