import type { ExitMessage, ExitReason, Pid, Process, Self } from "#runtime";

export type Worker = (self: Self<never>) => Process | void;
export type Ended = readonly [tag: "ended", name: string, reason: ExitReason];

/** Starts the workers, and tells `to` of each one's end. Ends after the last. */
export function* chronicler(
  self: Self<ExitMessage>,
  workers: Readonly<Record<string, Worker>>,
  to: Pid<Ended>,
): Process {
  self.trapExit(true);
  const names = new Map<Pid, string>();
  for (const [name, worker] of Object.entries(workers)) {
    names.set(self.spawnLink(worker), name);
  }
  return chronicle(self, names, to);
}

/** Tells of the next end, and goes on with those who are left. */
function* chronicle(
  self: Self<ExitMessage>,
  living: ReadonlyMap<Pid, string>,
  to: Pid<Ended>,
): Process {
  if (living.size === 0) return;
  const ended = yield* self.receive({
    EXIT: (from, reason) => ({ from, reason }),
  });
  const name = living.get(ended.from);
  if (name === undefined) return chronicle(self, living, to);
  self.send(to, ["ended", name, ended.reason]);
  const left = [...living].filter(([pid]) => pid !== ended.from);
  return chronicle(self, new Map(left), to);
}
