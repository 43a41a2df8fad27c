import { createNode, logger, type Process, type Self } from "#runtime";
import { startDistribution } from "#runtime/distribution";

/** The secret that the nodes of this chapter share. */
const COOKIE = process.env.LET_IT_CRASH_COOKIE ?? "rores";

/** What a node does until it is told to stop. */
export type Program = (self: Self<"stop">) => Process;

/**
 * Makes this operating system process a node of the cluster, until Ctrl+C or
 * until the program that started it ends.
 *
 * @throws EpmdError if there is a node of that name already.
 */
export async function runNode(name: string, program: Program): Promise<void> {
  const node = createNode({
    name,
    // Not each try to reach a dispatcher that is not there: that is "debug".
    logger: logger.from("notice", logger.printing()),
  });
  const distribution = await startDistribution(node, { cookie: COOKIE });
  await new Promise<void>((ended) => {
    const top = node.spawn(function* top(self: Self<"stop">): Process {
      self.signal.addEventListener("abort", () => ended());
      yield* program(self);
    });
    const stop = () => node.send(top, "stop");
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    process.on("disconnect", stop);
  });
  distribution.stop();
}
