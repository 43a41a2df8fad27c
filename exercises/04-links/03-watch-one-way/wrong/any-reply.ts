// Misconception: the reply that comes while I wait is the one to my question
// Caught by: the reply to another question is not taken for an answer
import {
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
  const ref = self.monitor(server);
  self.send(server, ["ask", ref, self.pid, text]);
  const answer = yield* self.receive({
    reply: (_ref, given): Answer => ["ok", given],
    DOWN: when(
      (watch: Ref, ..._rest: unknown[]) => watch === ref,
      (_ref, _type, _pid, reason): Answer => ["error", reason],
    ),
  });
  self.demonitor(ref, { flush: true });
  return answer;
}
