// Misconception: a process that was alive a moment ago will answer
// Caught by: a server that dies of the question is an error, with its reason
import {
  type DownMessage,
  type ExitReason,
  isProcessAlive,
  type Pid,
  type Ref,
  type Self,
  type Step,
  when,
} from "#runtime";

export type ToServer = [tag: "ask", ref: Ref, from: Pid<ToAsker>, text: string];
export type ToAsker = [tag: "reply", ref: Ref, text: string] | DownMessage;
export type Answer = ["ok", text: string] | ["error", why: ExitReason];

/** Asks the server; gives its answer, or why there will not be one. */
export function* ask(
  self: Self<ToAsker>,
  server: Pid<ToServer>,
  text: string,
): Step<Answer> {
  if (!isProcessAlive(server)) return ["error", "noproc"];
  const ref = self.makeRef();
  self.send(server, ["ask", ref, self.pid, text]);
  return yield* self.receive({
    reply: when(
      (replied: Ref, _answer: string) => replied === ref,
      (_ref, answer): Answer => ["ok", answer],
    ),
  });
}
