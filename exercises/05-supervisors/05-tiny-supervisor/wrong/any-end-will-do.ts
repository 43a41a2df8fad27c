// Misconception: the next EXIT is that of the child that was asked to stop
// Caught by: an end that comes while it stops another is not taken for that one's
import type {
  ExitMessage,
  ExitReason,
  Pid,
  Process,
  Self,
  Step,
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
  const children = starts.map((start) => start(self));
  return supervise(self, starts, children, intensity);
}

/** One round: somebody has ended, or wants this one to end. */
function* supervise(
  self: Self<ExitMessage>,
  starts: readonly Start[],
  children: readonly Pid[],
  left: number,
): Process {
  const [from, reason] = yield* self.receive({
    EXIT: (pid, why): [Pid, ExitReason] => [pid, why],
  });
  const place = children.indexOf(from);
  if (place < 0) {
    yield* stop(self, children);
    self.exit(reason);
  }
  if (left === 0) {
    yield* stop(
      self,
      children.filter((child) => child !== from),
    );
    self.exit("shutdown");
  }
  const fresh = starts[place]?.(self);
  const now = children.map((child) =>
    child === from && fresh ? fresh : child,
  );
  return supervise(self, starts, now, left - 1);
}

/** Stops the children, the last first, each when the one before has ended. */
function* stop(self: Self<ExitMessage>, children: readonly Pid[]): Step<void> {
  for (const child of [...children].reverse()) {
    self.sendExit(child, "shutdown");
    yield* self.receive({ EXIT: () => {} });
  }
}
