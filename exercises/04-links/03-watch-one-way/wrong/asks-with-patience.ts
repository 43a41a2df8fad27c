// Misconception: a time limit says as much as a death: no answer means noproc
// Caught by: a server that dies of the question is an error, with its reason
import {
  after,
  type DownMessage,
  type ExitReason,
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
  const ref = self.makeRef();
  self.send(server, ["ask", ref, self.pid, text]);
  return yield* self.receive(
    {
      reply: when(
        (replied: Ref, _answer: string) => replied === ref,
        (_ref, answer): Answer => ["ok", answer],
      ),
    },
    after(1_000, (): Answer => ["error", "noproc"]),
  );
}
