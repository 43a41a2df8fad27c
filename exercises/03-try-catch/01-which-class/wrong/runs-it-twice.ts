// Misconception: to call a job once more only asks for its value again
// Caught by: a return is done, whatever it gives
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
    job();
  } catch (caught) {
    if (caught instanceof Exit) return ["left", caught.reason];
    if (caught instanceof Error) return ["broken", caught.message];
    return ["refused", caught];
  }
  return ["done", job()];
}
