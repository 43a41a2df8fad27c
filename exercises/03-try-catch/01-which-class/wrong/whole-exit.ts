// Misconception: the exit that is caught is the reason
// Caught by: an exit is leaving, with its bare reason
import { classOf } from "#runtime";

/** What is told about a job: in which way it ended, and with what. */
export type Verdict =
  | readonly [how: "done", value: unknown]
  | readonly [how: "refused", why: unknown]
  | readonly [how: "broken", message: string]
  | readonly [how: "left", reason: unknown];

/** Runs a job to its end, and says which of the four ends it was. */
export function verdict(job: () => unknown): Verdict {
  try {
    return ["done", job()];
  } catch (caught) {
    const how = classOf(caught);
    if (how === "exit") return ["left", caught];
    if (how === "throw") return ["refused", caught];
    return ["broken", (caught as Error).message];
  }
}
