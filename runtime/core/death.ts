import type { ExitReason } from "./exit.ts";
import type { LocalProcess } from "./process.ts";
import { DEAD } from "./process-state.ts";
import type { LocalRef } from "./ref.ts";
import { RemotePid, type RemoteRef } from "./remote.ts";
import { deliverDown, sendExitSignal } from "./signal.ts";
import { unwatch } from "./unwatch.ts";

/**
 * Ends a process. Its generator is dropped, never resumed: not even a
 * `finally` runs, as in Erlang. Then the others are told.
 *
 * Deaths that follow from this one wait in a list, not on the stack: a chain
 * of a million links ends as calmly as one.
 */
export function die(process: LocalProcess, reason: ExitReason): void {
  if (process.status === DEAD) return;
  const { home: node, pid } = process;
  process.status = DEAD;
  pid.process = undefined;
  node.forget(process);
  // The name is free before anybody hears of the death.
  if (process.registeredName !== undefined) node.unregister(process);
  if (node.tracer) node.trace({ kind: "exit", pid, reason });
  node.timers.unlimit(process);
  process.body = process.delegate = process.entry = process.args = undefined;
  process.clauses = process.timeout = undefined;
  process.mailbox.clear();
  if (isTelling) {
    deaths.push({ process, reason });
    return;
  }
  isTelling = true;
  tellOthers(process, reason);
  if (deaths.length > 0) {
    // The list grows while it is told: first dead, first told.
    for (const one of deaths) tellOthers(one.process, one.reason);
    deaths.length = 0;
  }
  isTelling = false;
}

/** Who died while a death was told, of all nodes of this realm. */
const deaths: { process: LocalProcess; reason: ExitReason }[] = [];
let isTelling = false;

function tellOthers(process: LocalProcess, reason: ExitReason): void {
  const { home: node, pid, links, watchers, monitors, cleanups } = process;
  process.links = process.watchers = process.monitors = undefined;
  process.cleanups = undefined;
  if (monitors) {
    for (const [ref, entry] of monitors) unwatch(pid, entry, ref);
  }
  if (cleanups) {
    for (const cleanup of cleanups) node.guarded(() => cleanup(reason));
  }
  if (links) {
    for (const other of links.keys()) {
      sendExitSignal(node, pid, other, reason, true);
    }
  }
  if (!watchers) return;
  for (const [ref, watcher] of watchers) {
    if (watcher instanceof RemotePid) {
      watcher.remote.down(pid, watcher, ref as RemoteRef, reason);
    } else deliverDown(node, pid, watcher, ref as LocalRef, reason);
  }
}
