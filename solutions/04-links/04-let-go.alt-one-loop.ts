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
  let isAdopted = false;
  // An EXIT of the worker is taken wherever it stands, early or late.
  for (let left: boolean | undefined = true; left; ) {
    left = yield* self.receive(
      {
        adopted: when(
          (answered: Ref) => answered === ref,
          () => {
            isAdopted = true;
            self.unlink(worker);
            return true;
          },
        ),
        EXIT: when(
          (from: Pid, _reason: unknown) => from === worker,
          () => true,
        ),
      },
      after(isAdopted ? 0 : Number.POSITIVE_INFINITY, () => false),
    );
  }
}
