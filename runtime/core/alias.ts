import { badarg } from "./errors.ts";
import type { LocalProcess } from "./process.ts";
import { LocalRef, type Ref } from "./ref.ts";

/** Makes a reference that is an address of `process`: Erlang's `alias/0`. */
export function makeAlias(process: LocalProcess): Ref {
  const ref = process.home.makeRef(process);
  ref.alias = process.pid;
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
  if (ref.alias !== process.pid) return false;
  ref.alias = undefined;
  return true;
}
