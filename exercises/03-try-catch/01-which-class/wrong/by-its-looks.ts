// Misconception: whatever has a message is an error
// Caught by: a throw is a refusal, whatever was thrown
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
    if (caught instanceof Exit) return ["left", caught.reason];
    const message = (caught as Error | undefined)?.message;
    if (message !== undefined) return ["broken", message];
    return ["refused", caught];
  }
}
