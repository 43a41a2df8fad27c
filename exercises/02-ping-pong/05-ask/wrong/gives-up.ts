// Misconception: a reply with another reference is an error
// Caught by: an older reply in the mailbox is not taken for the answer
import type { Pid, Ref, Self, Step } from "#runtime";

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
  const ref = self.makeRef();
  self.send(library, ["ask", ref, self.pid, question]);
  return yield* self.receive({
    reply: (replied, answer) => {
      if (replied !== ref) self.exit("wrong reply");
      return answer;
    },
  });
}
