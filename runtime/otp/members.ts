import { Few } from "../core/few.ts";
import type { Pid } from "../core/pid.ts";
import type { Child } from "./child.ts";

/**
 * A supervisor's children in start order, each found by its pid as quickly
 * among many thousands as among few.
 */
export class Members {
  readonly #children = new Set<Child>();
  /** Each by the last pid it had. Quickest for a supervisor of one. */
  readonly #byPid = new Few<object, Child>();

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
    this.#forget(child);
  }

  /** Writes down with which pid a child runs from now on. */
  runs(child: Child, pid: Pid): void {
    this.#forget(child);
    child.pid = child.formerPid = pid;
    this.#byPid.set(pid, child);
  }

  #forget({ formerPid }: Child): void {
    if (formerPid !== undefined) this.#byPid.delete(formerPid);
  }

  withPid(pid: unknown): Child | undefined {
    const child = this.#byPid.get(pid as object);
    return child?.pid === pid ? child : undefined;
  }

  /** The same, and one whose restart will be tried again, by its last pid. */
  withFormerPid(pid: unknown): Child | undefined {
    const child = this.#byPid.get(pid as object);
    return child?.isRestarting ? child : this.withPid(pid);
  }

  withId(id: unknown): Child | undefined {
    return this.list.find(({ spec }) => spec.id === id);
  }
}
