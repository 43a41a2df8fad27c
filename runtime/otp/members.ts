import type { Pid } from "../core/pid.ts";
import type { Child } from "./child.ts";

/**
 * A supervisor's children in start order, each found by its pid as quickly
 * among many thousands as among few.
 */
export class Members {
  readonly #children = new Set<Child>();
  /** Each by the last pid it had. */
  readonly #byPid = new Map<unknown, Child>();

  /** The children, in start order. */
  get list(): Child[] {
    return [...this.#children];
  }

  add(child: Child): void {
    this.#children.add(child);
  }

  has(child: unknown): child is Child {
    return this.#children.has(child as Child);
  }

  remove(child: Child): void {
    this.#children.delete(child);
    this.#byPid.delete(child.formerPid);
  }

  /** Writes down with which pid a child runs from now on. */
  runs(child: Child, pid: Pid): void {
    this.#byPid.delete(child.formerPid);
    child.pid = child.formerPid = pid;
    this.#byPid.set(pid, child);
  }

  withPid(pid: unknown): Child | undefined {
    const child = this.#byPid.get(pid);
    return child?.pid === pid ? child : undefined;
  }

  /** The same, and one whose restart will be tried again, by its last pid. */
  withFormerPid(pid: unknown): Child | undefined {
    const child = this.#byPid.get(pid);
    return child?.isRestarting ? child : this.withPid(pid);
  }

  withId(id: unknown): Child | undefined {
    return this.list.find(({ spec }) => spec.id === id);
  }
}
