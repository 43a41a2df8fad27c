import type { ExitMessage, Pid, Ref, Self, Step } from "#runtime";

export type ToHeir = [tag: "adopt", ref: Ref, worker: Pid, from: Pid<ToGiver>];
export type ToGiver =
  | [tag: "adopted", ref: Ref]
  | [tag: "note", text: string]
  | ExitMessage;

/** Gives the worker to the heir: from then on it is linked to the heir only. */
export function* handOver(
  self: Self<ToGiver>,
  worker: Pid,
  heir: Pid<ToHeir>,
): Step<void> {
  // TODO(you): leave no gap before, and nothing in the mailbox behind.
  self.unlink(worker);
  self.send(heir, ["adopt", self.makeRef(), worker, self.pid]);
}
