// Misconception: when the mailbox is empty before I ask, the next reply is mine
// Caught by: a late reply that comes while it waits is not taken either
import { after, type Pid, type Ref, type Self, type Step } from "#runtime";

export type ToLibrary = [
  tag: "ask",
  ref: Ref,
  from: Pid<ToAsker>,
  question: string,
];
export type ToAsker =
  | [tag: "reply", ref: Ref, answer: string]
  | [tag: "note", text: string];

/** Sends the question, waits, and gives the answer that belongs to it. */
export function* ask(
  self: Self<ToAsker>,
  library: Pid<ToLibrary>,
  question: string,
): Step<string> {
  let isOld = true;
  while (isOld) {
    isOld = yield* self.receive(
      { reply: () => true },
      after(0, () => false),
    );
  }
  const ref = self.makeRef();
  self.send(library, ["ask", ref, self.pid, question]);
  return yield* self.receive({ reply: (_ref, answer) => answer });
}
