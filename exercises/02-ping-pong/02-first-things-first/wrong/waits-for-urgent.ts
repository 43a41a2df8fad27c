// Misconception: a receive that finds nothing for its clauses ends by itself
// Caught by: the other letters follow, all of them, in the order in which they came
import type { Process, Self } from "#runtime";

export type ToClerk =
  | [tag: "urgent", text: string]
  | [tag: "letter", text: string];

export type Read = (text: string) => void;

/** Reads every letter in the mailbox, the urgent ones first, and goes home. */
export function* clerk(self: Self<ToClerk>, read: Read): Process {
  return yield* self.receive({
    urgent: (text) => {
      read(text);
      return clerk(self, read);
    },
  });
  // Then the others would be read, as soon as the receive above gives up.
}
