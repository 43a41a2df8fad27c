import { createNode, type Process, type Self } from "#runtime";
import {
  type DistributionOptions,
  startDistribution,
} from "#runtime/distribution";

/** A node in a cluster, for a story or a test. */
export interface Guest {
  readonly name: string;
  /** Runs in a process of the node, to its end. */
  run(body: (self: Self<never>) => Process): Promise<void>;
  stop(): void;
}

/** Starts a node that takes part in the distribution over `transport`. */
export async function guest(
  name: string,
  options: DistributionOptions,
): Promise<Guest> {
  const node = createNode({ name, logger: () => {} });
  const distribution = await startDistribution(node, {
    cookie: "rores",
    ...options,
  });
  return {
    name,
    run: (body) =>
      new Promise((resolve, reject) => {
        node.spawn(function* main(self: Self<never>): Process {
          try {
            yield* body(self);
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      }),
    stop() {
      distribution.stop();
      node.stop();
    },
  };
}
