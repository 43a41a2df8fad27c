import { reasonOf } from "../core/exit.ts";
import { processInfo } from "../core/info.ts";
import type { Process } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { LocalProcess } from "../core/process.ts";
import type { Self } from "../core/self.ts";
import { isExpected, report } from "./report.ts";

/** Who started whom; kept beside the processes, which have no dictionary. */
const ancestors = new WeakMap<object, readonly Pid[]>();

/** A report names this many ancestors at most. */
const DEPTH = 16;

/** The processes a process descends from, nearest first; none for a bare one. */
export function ancestorsOf(pid: Pid): readonly Pid[] {
  return ancestors.get(pid) ?? [];
}

export function descends(child: Pid, parent: Pid): void {
  ancestors.set(child, [parent, ...ancestorsOf(parent)].slice(0, DEPTH));
}

/** The same body, by this name; an end not meant is reported as OTP does. */
export function reported(
  label: string,
  body: (self: Self<never>) => Process | void,
) {
  const child = (self: Self<never>): Process | void => {
    (self as unknown as LocalProcess).reportCrash = (thrown) => {
      if (!isExpected(reasonOf(thrown))) reportCrash(self, label, thrown);
    };
    return body(self);
  };
  return Object.defineProperty(child, "name", { value: label });
}

function reportCrash(self: Self<never>, label: string, thrown: unknown): void {
  const info = processInfo(self.pid);
  report(self, "error", "CRASH REPORT", [
    ["initial call", label],
    ["pid", self.pid],
    ["registered name", info?.registeredName ?? []],
    ["exception", thrown],
    ["ancestors", ancestorsOf(self.pid)],
    ["message queue length", info?.messageQueueLength ?? 0],
    ["links", info?.links ?? []],
    ["traps exits", info?.trapExit ?? false],
    ["neighbours", (info?.links ?? []).flatMap(neighbour)],
  ]);
}

/** What a linked process looks like: the crash may soon be its own. */
function neighbour(pid: Pid) {
  const info = processInfo(pid);
  return info ? [{ pid, label: info.label, trapExit: info.trapExit }] : [];
}
