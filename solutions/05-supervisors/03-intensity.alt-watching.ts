import {
  type ChildSpec,
  type DownMessage,
  type ExitMessage,
  format,
  type Process,
  type Self,
  supervisor,
} from "#runtime";

/** Starts a supervisor for the feed, and tells when it has given up. */
export function* owner(
  self: Self<ExitMessage | DownMessage>,
  feed: ChildSpec,
  tell: (line: string) => void,
): Process {
  const flags = { intensity: 3, periodMs: 60_000 };
  const started = yield* supervisor.startLink(self, flags, [feed]);
  if (started[0] !== "ok") return tell(`not started: ${format(started)}`);
  // To be told is enough, so it watches instead of being linked.
  self.monitor(started[1]);
  self.unlink(started[1]);
  const reason = yield* self.receive({
    DOWN: (_ref, _type, _pid, why) => why,
  });
  tell(`gave up: ${reason}`);
}
