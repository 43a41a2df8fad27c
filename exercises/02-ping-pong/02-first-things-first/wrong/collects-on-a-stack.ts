// Misconception: what is found first goes on top, and on top means read first
// Caught by: of two urgent letters the older is read first
import { after, type Process, type Self } from "#runtime";

export type ToClerk =
  | [tag: "urgent", text: string]
  | [tag: "letter", text: string];

export type Read = (text: string) => void;

/** Reads every letter in the mailbox, the urgent ones first, and goes home. */
export function* clerk(
  self: Self<ToClerk>,
  read: Read,
  urgent: readonly string[] = [],
): Process {
  return yield* self.receive(
    { urgent: (text) => clerk(self, read, [text, ...urgent]) },
    after(0, () => {
      for (const text of urgent) read(text);
      return others(self, read);
    }),
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
