import {
  type ChildSpec,
  type ExitMessage,
  type ExitReason,
  format,
  type Pid,
  type Self,
  type Step,
  type Supervisor,
  type SupervisorFlags,
  supervisor,
  when,
} from "#runtime";

/** A process that starts supervisors, and lives to see how they end. */
export type Teller = Self<ExitMessage>;

// #region start-top
/** Starts a supervisor that is at the top of its tree. */
export function* startTop(
  self: Teller,
  flags: SupervisorFlags,
  children: readonly ChildSpec[],
  name?: string,
): Step<Supervisor> {
  self.trapExit(true);
  const options = name === undefined ? {} : { name };
  const started = yield* supervisor.startLink(self, flags, children, options);
  if (started[0] === "ok") return started[1];
  throw new Error(`The supervisor has not started: ${format(started)}.`);
}
// #endregion

/** Tells it to stop, as a supervisor above it would, and waits for its end. */
export function* stopTop(self: Teller, top: Pid): Step<ExitReason> {
  self.sendExit(top, "shutdown");
  return yield* endOf(self, top);
}

/** Waits until a supervisor ends; gives the reason. */
export function* endOf(self: Teller, top: Pid): Step<ExitReason> {
  return yield* self.receive({
    EXIT: when(
      (from: Pid, _reason: ExitReason) => from === top,
      (_from, reason) => reason,
    ),
  });
}
