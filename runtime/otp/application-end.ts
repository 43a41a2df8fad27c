import type { ExitReason } from "../core/exit.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Self } from "../core/self.ts";
import type { Application, StartType } from "./application.ts";
import { report } from "./report.ts";

/** Whether the end of an application is the end of its node. */
export function endsNode(type: StartType, reason: ExitReason): boolean {
  switch (type) {
    case "permanent":
      return true;
    case "transient":
      // Unlike a supervisor's child: here even shutdown counts as abnormal.
      return reason !== "normal";
    case "temporary":
      return false;
  }
}

/** Tells the logger that an application has ended, or has not begun. */
export function tellEnd(
  self: Self<never>,
  level: "notice" | "error",
  { name }: Application,
  reason: ExitReason,
  type: StartType,
): void {
  report(self, level, "NOTICE REPORT", [
    ["application", name],
    ["exited", reason],
    ["type", type],
  ]);
}

/** Erlang's virtual machine ends here; ours is only this node. */
export function endNode(
  self: Self<never>,
  what: "application_terminated" | "application_start_failure",
  { name }: Application,
  reason: ExitReason,
): void {
  report(self, "error", "Kernel pid terminated (application_controller)", [
    [what, name],
    ["reason", reason],
  ]);
  (self as unknown as LocalProcess).home.stop();
}
