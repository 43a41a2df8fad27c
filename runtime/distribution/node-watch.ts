import type { LocalNode } from "../core/node.ts";
import type { LocalProcess } from "../core/process.ts";

/** Who wants to hear of nodes that come and go. */
export class NodeWatch {
  readonly #home: LocalNode;
  /** Of every node: how often a process has asked is how often it hears. */
  readonly #ofAll = new Map<LocalProcess, number>();
  /** Of one node, and only of its end. */
  readonly #ofOne = new Map<string, Map<LocalProcess, number>>();

  constructor(home: LocalNode) {
    this.#home = home;
  }

  watchAll(process: LocalProcess, wanted: boolean): void {
    if (!wanted) {
      this.#ofAll.delete(process);
      return;
    }
    this.#ofAll.set(process, (this.#ofAll.get(process) ?? 0) + 1);
    forgetAtDeath(process, () => this.#ofAll.delete(process));
  }

  watchOne(process: LocalProcess, nodeName: string, wanted: boolean): void {
    const watchers = this.#ofOne.get(nodeName) ?? new Map();
    const before = watchers.get(process) ?? 0;
    const times = before + (wanted ? 1 : -1);
    if (times > 0) watchers.set(process, times);
    else watchers.delete(process);
    if (watchers.size > 0) this.#ofOne.set(nodeName, watchers);
    else this.#ofOne.delete(nodeName);
    if (wanted && before === 0) {
      forgetAtDeath(process, () => watchers.delete(process));
    }
  }

  /** A visible node is connected. */
  up(nodeName: string): void {
    this.#tellAll("nodeup", nodeName);
  }

  down(nodeName: string, wasVisible: boolean): void {
    if (wasVisible) this.#tellAll("nodedown", nodeName);
    const watchers = this.#ofOne.get(nodeName);
    this.#ofOne.delete(nodeName);
    for (const [process, times] of watchers ?? []) {
      this.#tell(process, times, "nodedown", nodeName);
    }
  }

  #tellAll(what: string, nodeName: string): void {
    for (const [process, times] of this.#ofAll) {
      this.#tell(process, times, what, nodeName);
    }
  }

  #tell(process: LocalProcess, times: number, what: string, name: string) {
    for (let i = 0; i < times; i++) {
      this.#home.deliver(process.pid, [what, name]);
    }
  }
}

function forgetAtDeath(process: LocalProcess, forget: () => void): void {
  process.cleanups ??= new Set();
  process.cleanups.add(forget);
}
