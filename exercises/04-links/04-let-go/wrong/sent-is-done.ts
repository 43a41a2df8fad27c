// Misconception: what has been sent has been done
// Caught by: afterwards its death reaches the heir, and nothing reaches the giver
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
  self.send(heir, ["adopt", self.makeRef(), worker, self.pid]);
  self.unlink(worker);
  yield* self.receive(
    {
      EXIT: when(
        (from: Pid, _reason: unknown) => from === worker,
        () => {},
      ),
    },
    after(0),
  );
}
