// Misconception: a reference names the one who asks, so one is enough
// Caught by: every question has a reference of its own
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

const own = new Map<Pid<ToAsker>, Ref>();

/** Sends the question, waits, and gives the answer that belongs to it. */
export function* ask(
  self: Self<ToAsker>,
  library: Pid<ToLibrary>,
  question: string,
): Step<string> {
  const ref = own.get(self.pid) ?? self.makeRef();
  own.set(self.pid, ref);
  self.send(library, ["ask", ref, self.pid, question]);
  return yield* self.receive({
    reply: when(
      (replied: Ref, _answer: string) => replied === ref,
      (_ref, answer) => answer,
    ),
  });
}
