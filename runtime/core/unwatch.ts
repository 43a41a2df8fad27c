import type { LocalPid } from "./pid.ts";
import type { LocalRef } from "./ref.ts";
import type { MonitorEntry } from "./watched.ts";

/** Takes a monitor away from whom it watches, here or on another node. */
export function unwatch(
  watcher: LocalPid,
  { remote, there, target }: MonitorEntry,
  ref: LocalRef,
): void {
  if (remote) remote.demonitor(watcher, there, ref);
  else target?.process?.watchers?.delete(ref);
}
