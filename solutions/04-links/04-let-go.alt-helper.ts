import {
  after,
  type ExitMessage,
  matching,
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
  yield* self.receive(matching<ToGiver, void>(ref, { adopted: () => {} }));
  yield* letGo(self, worker);
}

/** Unlinks, and takes out what the link has left in the mailbox. */
function* letGo(self: Self<ToGiver>, worker: Pid): Step<void> {
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
