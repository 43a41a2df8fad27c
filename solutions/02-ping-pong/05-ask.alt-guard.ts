import { type Pid, type Ref, type Self, type Step, when } from "#runtime";

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
    reply: when(
      (replied: Ref, _answer: string) => replied === ref,
      (_ref, answer) => answer,
    ),
  });
}
