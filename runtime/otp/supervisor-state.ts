import type { ExitReason } from "../core/exit.ts";
import { format } from "../core/format.ts";
import type { Step } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { LocalProcess } from "../core/process.ts";
import { Queue } from "../core/queue.ts";
import type { Self } from "../core/self.ts";
import type { Child } from "./child.ts";
import type { FullFlags, FullSpec } from "./child-spec.ts";
import { Members } from "./members.ts";
import { report } from "./report.ts";
import { shutDown } from "./shutdown.ts";

/** Every supervisor's children, for {@link observe} to draw. */
const supervisors = new WeakMap<object, Children>();

export function childrenOf(supervisor: Pid): Children | undefined {
  return supervisors.get(supervisor);
}

/** A supervisor's children, and what is done to them. No policy is in here. */
export class Children extends Members {
  readonly self: Self<never>;
  readonly name: string;
  readonly flags: FullFlags;
  readonly restarts = new Queue<number>();

  /** What every child is made from, under `simple_one_for_one`. */
  readonly template: FullSpec | undefined;

  constructor(
    self: Self<never>,
    name: string,
    flags: FullFlags,
    template: FullSpec | undefined,
  ) {
    super();
    this.self = self;
    this.name = name;
    this.flags = flags;
    this.template = template;
    supervisors.set(self.pid, this);
  }

  get nowMs(): number {
    return (this.self as unknown as LocalProcess).home.clock.now();
  }

  /** Stops children in the reverse of their order; temporary ones are gone. */
  *stopAll(children: readonly Child[]): Step<void> {
    for (const child of [...children].reverse()) {
      yield* this.stop(child);
      if (child.spec.restart === "temporary") this.remove(child);
    }
  }

  *stop(child: Child): Step<void> {
    yield* this.#stopTogether([child]);
  }

  /** Stops all children of one spec at the same time. */
  *stopDynamic(): Step<void> {
    yield* this.#stopTogether(this.list);
  }

  *#stopTogether(children: readonly Child[]): Step<void> {
    const running = new Map(
      children.flatMap((child) =>
        child.pid ? [[child.pid, child] as const] : [],
      ),
    );
    const [spec] = [...running.values()].map((child) => child.spec);
    if (spec) {
      const ends = yield* shutDown(this.self, [...running.keys()], spec);
      const told = new Set<string>();
      for (const [pid, ending] of ends) {
        if (ending === "ok") continue;
        // Of children from one template, OTP reports each reason only once.
        const reason = format(ending[1]);
        if (this.template && told.has(reason)) continue;
        told.add(reason);
        const child = running.get(pid) as Child;
        this.report("shutdown_error", ending[1], child);
      }
    }
    for (const child of children) {
      child.pid = undefined;
      child.isRestarting = false;
    }
  }

  unexpected(message: unknown): void {
    report(this.self, "error", "ERROR REPORT", [
      ["supervisor", this.name],
      ["received unexpected message", message],
    ]);
  }

  report(context: string, reason: ExitReason, child: Child): void {
    report(this.self, "error", "SUPERVISOR REPORT", [
      ["supervisor", this.name],
      ["error context", context],
      ["reason", reason],
      ["offender", child.spec.id],
      ["child pid", child.pid],
    ]);
  }
}
