import {
  after,
  type ExitMessage,
  format,
  type Pid,
  type Process,
  processInfo,
  type Self,
  type Step,
  when,
} from "#runtime";
import { hasty } from "./gap.ts";
import type { Print } from "./isolation.ts";

// #region early
export function* tooLate(self: Self<ExitMessage>, print: Print): Process {
  self.trapExit(true);
  const worker = self.spawnLink(hasty);
  yield* self.sleep(1);
  self.unlink(worker);
  print(`after unlink the mailbox holds ${waiting(self)}`);
  yield* letGo(self, worker);
  print(`after letting go it holds ${waiting(self)}`);
}
// #endregion

// #region flush
export function* letGo(self: Self<ExitMessage>, pid: Pid): Step<void> {
  self.unlink(pid);
  yield* self.receive(
    {
      EXIT: when(
        (from: Pid, _reason: unknown) => from === pid,
        () => {},
      ),
    },
    after(0),
  );
}
// #endregion

function waiting(self: Self<ExitMessage>): string {
  return format(processInfo(self.pid)?.messages);
}
