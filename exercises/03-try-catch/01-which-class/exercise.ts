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
    // TODO(you): a job can give up in three ways, and this knows of one.
    return ["broken", String(caught)];
  }
}
