// Misconception: no urgent letter now means no urgent letter later
// Caught by: an urgent letter that comes in later goes before the letters that wait
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
    after(0, () => others(self, read)),
  );
}

/** No urgent letter is there: the oldest of the others has its turn. */
function* others(self: Self<ToClerk>, read: Read): Process {
  return yield* self.receive(
    {
      letter: (text) => {
        read(text);
        return others(self, read);
      },
    },
    after(0, () => read("home")),
  );
}
