import type { ExitMessage, Pid, Process, Self } from "#runtime";

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
  const children = starts.map((start) => start(self));
  // TODO(you): this waits for a message that it has not asked for.
  yield* self.receive({ EXIT: () => {} });
  self.exit(
    `${intensity} restarts for ${children.length} children, all unused`,
  );
}
