// Misconception: one look for an urgent letter finds all of them
// Caught by: urgent letters are read before the others, wherever they stand
import { after, type Process, type Self } from "#runtime";

export type ToClerk =
  | [tag: "urgent", text: string]
  | [tag: "letter", text: string];

export type Read = (text: string) => void;

/** Reads every letter in the mailbox, the urgent ones first, and goes home. */
export function* clerk(self: Self<ToClerk>, read: Read): Process {
  yield* self.receive({ urgent: (text) => read(text) }, after(0));
  return anything(self, read);
}

function* anything(self: Self<ToClerk>, read: Read): Process {
  return yield* self.receive(
    {
      urgent: (text) => {
        read(text);
        return anything(self, read);
      },
      letter: (text) => {
        read(text);
        return anything(self, read);
      },
    },
    after(0, () => read("home")),
  );
}
