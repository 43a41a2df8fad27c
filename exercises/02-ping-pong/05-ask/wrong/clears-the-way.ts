// Misconception: whatever stands before my reply is in the way and can go
// Caught by: other mail stays in the mailbox, in its order
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
  for (;;) {
    const answer = yield* self.receive({
      reply: (replied, text) => (replied === ref ? text : undefined),
      _: () => undefined,
    });
    if (answer !== undefined) return answer;
  }
}
