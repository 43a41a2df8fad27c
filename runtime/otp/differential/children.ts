import type { Step } from "../../core/message.ts";
import type { Pid } from "../../core/pid.ts";
import type { Self } from "../../core/self.ts";
import type { ChildSpec, ChildStart } from "../child-spec.ts";
import { type Acknowledge, start as startProcess } from "../proc-lib.ts";
import type { StartResult } from "../start-result.ts";
import * as supervisor from "../supervisor.ts";
import type { Supervisor } from "../supervisor-protocol.ts";
import { term } from "./erlang-text.ts";
import type { Manners, Plan, Tree } from "./scenario.ts";

/** What one performance of a scenario writes down and counts. */
export interface Performance {
  readonly lines: string[];
  /** How often each child was started. */
  readonly starts: Map<string, number>;
  readonly names: readonly string[];
}

export function startTree(
  self: Self<never>,
  name: string,
  tree: Tree,
  performance: Performance,
): Step<StartResult<Supervisor>> {
  const { strategy, intensity, autoShutdown, children } = tree;
  // So long that no restart is ever forgotten: real time must not count.
  const flags = { strategy, intensity, autoShutdown, periodMs: 1e9 };
  const specs = children.map((plan) => specOf(strategy, plan, performance));
  return supervisor.startLink(self, flags, specs, { name });
}

/** The child spec of a plan; a dynamic child's name comes from startChild. */
export function specOf(
  strategy: Tree["strategy"],
  plan: Plan,
  performance: Performance,
): ChildSpec {
  const { id, restart, shutdownMs, significant, tree } = plan;
  const isDynamic = strategy === "simple_one_for_one";
  return {
    id,
    restart,
    significant,
    ...(tree
      ? { type: "supervisor", shutdownMs: "infinity" }
      : { type: "worker", shutdownMs }),
    start: (self, name?: string) =>
      start(self, isDynamic ? (name as string) : id, plan, performance),
  };
}

function* start(
  self: Self<never>,
  id: string,
  plan: Plan,
  performance: Performance,
): Step<ChildStart> {
  if (self.whereis(id)) return ["error", "taken"];
  const { lines, starts } = performance;
  const count = (starts.get(id) ?? 0) + 1;
  starts.set(id, count);
  if (plan.fails.includes(count)) {
    lines.push(`fail ${id}`);
    return ["error", "flaky"];
  }
  if (plan.ignores.includes(count)) {
    lines.push(`ignore ${id}`);
    return "ignore";
  }
  if (plan.tree) return yield* startTree(self, id, plan.tree, performance);
  return yield* startProcess<ChildStart>(
    self,
    id,
    (it, acknowledge) =>
      worker(it as never, id, plan.manners, performance, acknowledge),
    { link: true },
  );
}

type Told = ["die", reason: unknown] | ["EXIT", from: Pid, reason: unknown];

function* worker(
  self: Self<Told>,
  id: string,
  manners: Manners,
  { lines, names }: Performance,
  acknowledge: Acknowledge<ChildStart>,
) {
  const others = names.filter((name) => self.whereis(name));
  lines.push(`start ${id} beside [${others.join(",")}]`);
  self.register(id);
  self.trapExit(manners !== "plain");
  acknowledge(["ok", self.pid]);
  for (;;) {
    yield* self.receive({
      die: (reason) => self.exit(reason),
      EXIT(_from, reason) {
        if (manners === "stubborn") return;
        lines.push(`stop ${id} ${term(reason)}`);
        self.exit(reason);
      },
    });
  }
}
