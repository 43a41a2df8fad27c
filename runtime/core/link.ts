import { badarg, RuntimeError } from "./errors.ts";
import { Few } from "./few.ts";
import { LocalPid, type Pid } from "./pid.ts";
import type { LocalProcess } from "./process.ts";
import { type AnyPid, RemotePid } from "./remote.ts";

/**
 * Ties two processes together, both ways; once is as good as twice.
 *
 * To one that is already dead: a trapping process gets `["EXIT", pid,
 * "noproc"]`, any other gets the error `noproc`, as `link/1` does.
 */
export function link(process: LocalProcess, to: Pid): void {
  if (to instanceof RemotePid) {
    if (process.links?.get(to)) return;
    tie(process, to);
    to.remote.link(process.pid, to);
    return;
  }
  if (!(to instanceof LocalPid))
    throw badarg(`link: ${String(to)} is not a pid.`);
  // An old link stands, even if the signal that ends it is under way.
  if (to === process.pid || process.links?.get(to)) return;
  const other = to.process;
  if (other === undefined) {
    if (!process.trapping) {
      throw new RuntimeError(
        "noproc",
        `link: ${to} has already ended, so ${process.pid} (${process.label}) ` +
          "cannot be linked to it. Use spawnLink to leave no gap.",
      );
    }
    // As a signal from over there, behind what was sent from there.
    const { home, pid } = process;
    const arrive = () => home.deliver(pid, ["EXIT", to, "noproc"]);
    if (home.courier === undefined) arrive();
    else home.courier(to, pid, arrive);
    return;
  }
  tie(process, to);
  tie(other, process.pid);
  if (process.home.tracer) {
    process.home.trace({ kind: "link", from: process.pid, to });
  }
}

/** One end of a link: `process` will tell `to` of its death. */
export function tie(process: LocalProcess, to: AnyPid): void {
  process.links ??= new Few();
  process.links.set(to, true);
}

/** Unties them. What is in the mailbox already stays; nothing new comes. */
export function unlink(process: LocalProcess, from: Pid): void {
  if (from instanceof RemotePid) {
    if (process.links?.delete(from)) from.remote.unlink(process.pid, from);
    return;
  }
  if (!(from instanceof LocalPid)) {
    throw badarg(`unlink: ${String(from)} is not a pid.`);
  }
  if (!process.links?.delete(from)) return;
  from.process?.links?.delete(process.pid);
  if (process.home.tracer) {
    process.home.trace({ kind: "unlink", from: process.pid, to: from });
  }
}
