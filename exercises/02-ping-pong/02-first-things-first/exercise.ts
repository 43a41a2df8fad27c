import { after, type Process, type Self } from "#runtime";

export type ToClerk =
  | [tag: "urgent", text: string]
  | [tag: "letter", text: string];

export type Read = (text: string) => void;

/** Reads every letter in the mailbox, the urgent ones first, and goes home. */
export function* clerk(self: Self<ToClerk>, read: Read): Process {
  // TODO(you): the urgent clause stands first. Why are they not read first?
  return yield* self.receive(
    {
      urgent: (text) => {
        read(text);
        return clerk(self, read);
      },
      letter: (text) => {
        read(text);
        return clerk(self, read);
      },
    },
    after(0, () => read("home")),
  );
}
