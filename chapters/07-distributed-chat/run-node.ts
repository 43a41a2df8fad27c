import { createNode, type Logger, type Process, type Self } from "#runtime";
import { startDistribution } from "#runtime/distribution";

/** The secret that the nodes of this chapter share. */
const COOKIE = process.env.LET_IT_CRASH_COOKIE ?? "rores";

/** What a node does until it is told to stop. */
export type Program = (self: Self<"stop">) => Process;

/** A node that runs, and how to end it. */
export interface Running {
  readonly ended: Promise<void>;
  stop(): void;
}

// #region run
/** Makes this operating system process a node of the cluster. */
export async function runNode(
  name: string,
  program: Program,
  logger: Logger,
): Promise<Running> {
  const node = createNode({ name, logger });
  const distribution = await startDistribution(node, { cookie: COOKIE });
  let resolve = () => {};
  const ended = new Promise<void>((settle) => {
    resolve = settle;
  });
  const top = node.spawn(function* top(self: Self<"stop">): Process {
    self.signal.addEventListener("abort", () => {
      distribution.stop();
      resolve();
    });
    yield* program(self);
  });
  return { ended, stop: () => node.send(top, "stop") };
}
// #endregion
