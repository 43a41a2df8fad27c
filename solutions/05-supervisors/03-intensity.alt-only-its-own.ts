import {
  type ChildSpec,
  type ExitMessage,
  type ExitReason,
  format,
  type Pid,
  type Process,
  type Self,
  supervisor,
  when,
} from "#runtime";

/** Starts a supervisor for the feed, and tells when it has given up. */
export function* owner(
  self: Self<ExitMessage>,
  feed: ChildSpec,
  tell: (line: string) => void,
): Process {
  self.trapExit(true);
  const flags = { intensity: 3, periodMs: 60_000 };
  const started = yield* supervisor.startLink(self, flags, [feed]);
  if (started[0] !== "ok") return tell(`not started: ${format(started)}`);
  const [, top] = started;
  yield* self.receive({
    EXIT: when(
      (from: Pid, _reason: ExitReason) => from === top,
      (_from, reason) => tell(`gave up: ${reason}`),
    ),
  });
}
