import {
  type ChildSpec,
  type ChildStart,
  type ExitMessage,
  type ExitReason,
  format,
  type Process,
  procLib,
  type Self,
} from "#runtime";

export type Print = (line: string) => void;

type ToWorker = [tag: "die", reason: ExitReason] | ExitMessage;

// #region worker
/** Says that it starts and that it stops, and dies when it is told to. */
function* worker(
  self: Self<ToWorker>,
  name: string,
  print: Print,
  ready: (answer: ChildStart) => void,
): Process {
  print(`${name} starts`);
  self.register(name);
  self.trapExit(true);
  ready(["ok", self.pid]);
  yield* self.receive({
    die: (reason) => self.exit(reason),
    EXIT: (_from, reason) => {
      print(`${name} stops: ${words(reason)}`);
      self.exit(reason);
    },
  });
}
// #endregion

// #region child
/** Starts a worker, linked, and comes back when it is ready. */
function startWorker(self: Self<never>, name: string, print: Print) {
  const body = (me: Self<never>, ready: (answer: ChildStart) => void) =>
    worker(me as unknown as Self<ToWorker>, name, print, ready);
  return procLib.start<ChildStart>(self, name, body, { link: true });
}

/** How a supervisor starts, restarts and stops a worker. */
export function child(
  name: string,
  print: Print,
  more: Partial<ChildSpec> = {},
): ChildSpec {
  return { id: name, start: (self) => startWorker(self, name, print), ...more };
}
// #endregion

/** A reason as both languages print it. */
export function words(reason: unknown): string {
  return typeof reason === "string" ? reason : format(reason);
}
