import {
  type ExitMessage,
  type ExitReason,
  type Pid,
  type Process,
  type Self,
  when,
} from "#runtime";

/** Starts a child, linked to the supervisor whose `self` it gets. */
export type Start = (self: Self<ExitMessage>) => Pid;

/**
 * Starts the children in their order, and starts each again when it has ended,
 * `intensity` times in all. Ends its children, the last first, before it ends.
 */
export function* tinySupervisor(
  self: Self<ExitMessage>,
  starts: readonly Start[],
  intensity: number,
): Process {
  self.trapExit(true);
  const running = new Map<Pid, Start>();
  const begin = (start: Start) => running.set(start(self), start);
  for (const start of starts) begin(start);
  let reason: ExitReason = "shutdown";
  for (let left = intensity; ; left--) {
    const [from, why] = yield* self.receive({
      EXIT: (pid, why): [Pid, ExitReason] => [pid, why],
    });
    const start = running.get(from);
    running.delete(from);
    if (start === undefined) reason = why;
    if (start === undefined || left === 0) break;
    begin(start);
  }
  // In the order of the list, whenever each was started.
  const inOrder = [...running].sort(
    ([, one], [, other]) => starts.indexOf(one) - starts.indexOf(other),
  );
  for (const [child] of inOrder.reverse()) {
    self.sendExit(child, "shutdown");
    yield* self.receive({
      EXIT: when(
        (from: Pid, _reason: ExitReason) => from === child,
        () => {},
      ),
    });
  }
  self.exit(reason);
}
