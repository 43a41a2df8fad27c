import type { Clock } from "../core/clock.ts";
import type { Step } from "../core/message.ts";
import type { Report } from "../core/report.ts";
import type { Self } from "../core/self.ts";
import { createNode, type Node } from "../core/world.ts";
import type { Distribution } from "./distribution.ts";
import { inside } from "./inside.ts";
import type { DistributionOptions } from "./options.ts";
import { startDistribution } from "./start-distribution.ts";

/** A node of a test, with what it has logged. */
export interface Place {
  readonly node: Node;
  readonly distribution: Distribution;
  readonly reports: Report[];
  /** Runs in a process of the node; what it returns or throws. */
  run<T>(body: (self: Self<unknown>) => Step<T>): Promise<T>;
  stop(): void;
}

/** A node in a cluster, ready to be spoken to. */
export async function place(
  name: string,
  options: DistributionOptions,
  clock?: Clock,
): Promise<Place> {
  const reports: Report[] = [];
  const logger = (report: Report) => void reports.push(report);
  const node = createNode(clock ? { name, logger, clock } : { name, logger });
  const distribution = await startDistribution(node, {
    cookie: "secret",
    ...options,
  });
  return {
    node,
    distribution,
    reports,
    run: (body) => inside(node, body),
    stop() {
      distribution.stop();
      node.stop();
    },
  };
}

/** All that two messages say, as text, without the noise of objects. */
export function texts(reports: readonly Report[]): string {
  return reports.map((report) => JSON.stringify(report)).join("\n");
}
