import { after, type Process, type Self } from "#runtime";

export type ToClerk =
  | [tag: "urgent", text: string]
  | [tag: "letter", text: string];

export type Read = (text: string) => void;

/** Reads every letter in the mailbox, the urgent ones first, and goes home. */
export function* clerk(self: Self<ToClerk>, read: Read): Process {
  for (;;) {
    const hasRead = yield* self.receive(
      {
        urgent: (text) => {
          read(text);
          return true;
        },
      },
      after(0, function* () {
        return yield* self.receive(
          {
            letter: (text) => {
              read(text);
              return true;
            },
          },
          after(0, () => false),
        );
      }),
    );
    if (!hasRead) return read("home");
  }
}
