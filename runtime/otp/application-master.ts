import { isGenerator } from "../core/apply.ts";
import { matching, when } from "../core/clauses.ts";
import { type ExitReason, reasonOf } from "../core/exit.ts";
import type {
  DownMessage,
  ExitMessage,
  Process,
  Step,
} from "../core/message.ts";
import { isPid, type Pid } from "../core/pid.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Self } from "../core/self.ts";
import type { Application, StartType } from "./application.ts";
import { controllerOf } from "./application-controller.ts";
import { endNode, endsNode, tellEnd } from "./application-end.ts";
import type { Acknowledge } from "./proc-lib.ts";
import { isExpected, report } from "./report.ts";

/** What a master says when the application's tree stands, or does not. */
export type Mastered = readonly ["ok"] | readonly ["error", reason: ExitReason];

/** The message that stops an application. */
export const STOP = "$stop_application";

/**
 * The process behind an application: the parent of its top supervisor. It
 * starts the tree, waits for its end, and tidies up. Erlang's
 * `application_master`.
 */
export function* master(
  self: Self<never>,
  application: Application,
  type: StartType,
  acknowledge: Acknowledge<Mastered>,
): Process {
  self.trapExit(true);
  const top = yield* startTree(self, application);
  if (!isPid(top)) {
    const { reason } = top as Failed;
    tellEnd(self, "notice", application, reason, type);
    if (type === "permanent") {
      endNode(self, "application_start_failure", application, reason);
    } else acknowledge(["error", reason]);
    return;
  }
  const { running } = controllerOf((self as unknown as LocalProcess).home);
  running.set(application.name, {
    application,
    type,
    master: self.pid,
    top: top as Pid,
  });
  acknowledge(["ok"]);

  const it = self as unknown as Self<ExitMessage | typeof STOP>;
  const ending = yield* it.receive<Ended | undefined>({
    EXIT: when<[Pid, ExitReason], Ended>(
      (from) => from === top,
      (_from, reason) => ({ reason }),
    ),
    [STOP]: () => undefined,
  });
  // Erlang calls it for a tree that is gone already, too.
  yield* called(self, "prepStop", () => application.prepStop?.(self));
  if (ending === undefined) yield* shutDownTree(self, top as Pid);
  yield* called(self, "stop", () => application.stop?.(self));
  running.delete(application.name);
  const reason = ending ? ending.reason : "stopped";
  const isFatal = ending !== undefined && endsNode(type, ending.reason);
  const isMeant = ending === undefined || isExpected(ending.reason);
  const level = isMeant && !isFatal ? "notice" : "error";
  tellEnd(self, level, application, reason, type);
  if (isFatal) {
    endNode(self, "application_terminated", application, ending.reason);
  }
}

interface Ended {
  readonly reason: ExitReason;
}
interface Failed {
  readonly reason: ExitReason;
}

function* startTree(
  self: Self<never>,
  application: Application,
): Step<Pid | Failed> {
  try {
    let result = application.start(self, "normal") as unknown;
    if (isGenerator(result)) result = yield* result as Step<unknown>;
    const [word, value] = Array.isArray(result) ? result : [];
    if (word === "ok" && isPid(value)) return value as Pid;
    const reason =
      word === "error" ? value : ["bad_return", [application.name, result]];
    return { reason };
  } catch (thrown) {
    return {
      reason: ["bad_return", [application.name, ["EXIT", reasonOf(thrown)]]],
    };
  }
}

/** Asks the top supervisor to go and waits; it takes the time it needs. */
function* shutDownTree(self: Self<never>, top: Pid): Step<void> {
  const ref = self.monitor(top);
  self.sendExit(top, "shutdown");
  yield* self.receive(matching<DownMessage, void>(ref, { DOWN: () => {} }));
}

/**
 * A callback that throws must not keep the rest from being tidied up. Erlang
 * does not say a word about it; we do, for a mistake should be seen.
 */
function* called(
  self: Self<never>,
  name: string,
  callback: () => unknown,
): Step<void> {
  try {
    const result = callback();
    if (isGenerator(result)) yield* result as Step<unknown>;
  } catch (thrown) {
    report(self, "error", "ERROR REPORT", [
      ["callback", name],
      ["threw", reasonOf(thrown)],
    ]);
  }
}
