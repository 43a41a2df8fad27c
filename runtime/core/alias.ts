import { badarg } from "./errors.ts";
import type { LocalProcess } from "./process.ts";
import { LocalRef, type Ref } from "./ref.ts";

/** Makes a reference that is an address of `process`: Erlang's `alias/0`. */
export function makeAlias(process: LocalProcess): Ref {
  const { home } = process;
  const ref = home.makeRef(process);
  home.aliases.set(ref, process);
  process.cleanups ??= new Set();
  process.cleanups.add(() => home.aliases.delete(ref));
  return ref as Ref;
}

/**
 * Ends it: what is sent there from now on vanishes. Erlang's `unalias/1`.
 *
 * @returns false if `ref` is no alias of this process (any more).
 */
export function dropAlias(process: LocalProcess, ref: Ref): boolean {
  if (!(ref instanceof LocalRef)) {
    throw badarg(`unalias: ${ref} is no reference.`);
  }
  if (process.home.aliases.get(ref) !== process) return false;
  return process.home.aliases.delete(ref);
}
