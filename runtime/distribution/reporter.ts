import type { LocalNode } from "../core/node.ts";

/** Tells the node's logger what happened between nodes. */
export type Reporter = (level: "error" | "debug", message: string) => void;

export function reporter(home: LocalNode, kernel: string): Reporter {
  return (level, message) => {
    home.logger({
      kind: "report",
      atMs: home.clock.now(),
      level,
      title: "DISTRIBUTION REPORT",
      pid: kernel,
      fields: [["message", message]],
    });
  };
}
