// Misconception: to hear of a death one has to be linked
// Caught by: when the one who asked dies, the server goes on
import {
  after,
  type DownMessage,
  type ExitMessage,
  type ExitReason,
  type Pid,
  type Ref,
  type Self,
  type Step,
  when,
} from "#runtime";

export type ToServer = [tag: "ask", ref: Ref, from: Pid<ToAsker>, text: string];
export type ToAsker =
  | [tag: "reply", ref: Ref, text: string]
  | DownMessage
  | ExitMessage;
export type Answer = ["ok", text: string] | ["error", why: ExitReason];

/** Asks the server; gives its answer, or why there will not be one. */
export function* ask(
  self: Self<ToAsker>,
  server: Pid<ToServer>,
  text: string,
): Step<Answer> {
  const traps = self.trapExit(true);
  self.link(server);
  const ref = self.makeRef();
  self.send(server, ["ask", ref, self.pid, text]);
  const answer = yield* self.receive({
    reply: when(
      (replied: Ref, _answer: string) => replied === ref,
      (_ref, given): Answer => ["ok", given],
    ),
    EXIT: when(
      (from: Pid, _reason: unknown) => from === server,
      (_from, reason): Answer => ["error", reason],
    ),
  });
  self.unlink(server);
  yield* self.receive(
    {
      EXIT: when(
        (from: Pid, _reason: unknown) => from === server,
        () => {},
      ),
    },
    after(0),
  );
  self.trapExit(traps);
  return answer;
}
