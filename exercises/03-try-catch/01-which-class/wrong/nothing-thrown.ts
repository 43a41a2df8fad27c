// Misconception: if there is nothing in what was caught, nothing was thrown
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
  let value: unknown;
  let caught: unknown;
  try {
    value = job();
  } catch (thrown) {
    caught = thrown;
  }
  if (caught === undefined) return ["done", value];
  if (caught instanceof Exit) return ["left", caught.reason];
  if (caught instanceof Error) return ["broken", caught.message];
  return ["refused", caught];
}
