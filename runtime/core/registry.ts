import { badarg } from "./errors.ts";
import type { LocalNode } from "./node.ts";
import { LocalPid, type Pid } from "./pid.ts";

/**
 * Gives a process a name on its node. Every mistake is a `badarg`, as in
 * `register/2`: the name is taken, the process has one already or is dead.
 */
export function register(node: LocalNode, name: string, pid: Pid): void {
  const refuse = (why: string) => badarg(`register("${name}", ${pid}): ${why}`);
  if (typeof name !== "string") throw badarg("register: a name is a string.");
  if (name === "undefined")
    throw refuse("this word means that there is no name.");
  if (!(pid instanceof LocalPid))
    throw refuse("the second argument is no pid.");
  const holder = node.names.get(name);
  if (holder) throw refuse(`${holder.pid} has this name already.`);
  const process = pid.process;
  if (process === undefined || process.home !== node) {
    throw refuse("no such process is alive on this node.");
  }
  if (process.registeredName !== undefined) {
    throw refuse(
      `the process is already known as "${process.registeredName}".`,
    );
  }
  process.registeredName = name;
  node.names.set(name, process);
  if (node.tracer) node.trace({ kind: "register", pid, name });
}

/** Frees a name. One that nobody has is a `badarg`. */
export function unregister(node: LocalNode, name: string): void {
  const process = node.names.get(name);
  if (process === undefined) {
    throw badarg(`unregister("${name}"): nobody on this node has that name.`);
  }
  node.unregister(process);
}
