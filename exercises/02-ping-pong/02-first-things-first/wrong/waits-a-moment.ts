// Misconception: to find out that nothing is there one has to wait a moment
// Caught by: when no letter is left the clerk goes home and does not wait
import { after, type Process, type Self } from "#runtime";

export type ToClerk =
  | [tag: "urgent", text: string]
  | [tag: "letter", text: string];

export type Read = (text: string) => void;

/** Reads every letter in the mailbox, the urgent ones first, and goes home. */
export function* clerk(self: Self<ToClerk>, read: Read): Process {
  return yield* self.receive(
    {
      urgent: (text) => {
        read(text);
        return clerk(self, read);
      },
    },
    after(10, () => others(self, read)),
  );
}

/** No urgent letter is there: the oldest of the others has its turn. */
function* others(self: Self<ToClerk>, read: Read): Process {
  return yield* self.receive(
    {
      letter: (text) => {
        read(text);
        return clerk(self, read);
      },
    },
    after(0, () => read("home")),
  );
}
