// Misconception: an exit with "normal" is the same as a return
// Caught by: an exit is leaving, with its bare reason
import { Exit } from "#runtime";

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
    if (caught instanceof Exit) {
      return caught.reason === "normal"
        ? ["done", undefined]
        : ["left", caught.reason];
    }
    if (caught instanceof Error) return ["broken", caught.message];
    return ["refused", caught];
  }
}
