// Misconception: a look at the mailbox beforehand finds all that will ever come
// Caught by: an EXIT of the worker that has already come is not left behind
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
  yield* self.receive(
    {
      EXIT: when(
        (from: Pid, _reason: unknown) => from === worker,
        () => {},
      ),
    },
    after(0),
  );
  const ref = self.makeRef();
  self.send(heir, ["adopt", ref, worker, self.pid]);
  yield* self.receive({
    adopted: when(
      (answered: Ref) => answered === ref,
      () => {},
    ),
  });
  self.unlink(worker);
}
