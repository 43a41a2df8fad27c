// Misconception: the EXIT in my mailbox is the one of this worker
// Caught by: what belongs to others stays in the mailbox, in its order
import {
  after,
  type ExitMessage,
  type Pid,
  type Ref,
  type Self,
  type Step,
  when,
} from "#runtime";

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
  const ref = self.makeRef();
  self.send(heir, ["adopt", ref, worker, self.pid]);
  yield* self.receive({
    adopted: when(
      (answered: Ref) => answered === ref,
      () => {},
    ),
  });
  self.unlink(worker);
  yield* self.receive({ EXIT: () => {} }, after(0));
}
