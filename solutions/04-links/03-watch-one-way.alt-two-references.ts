import {
  after,
  type DownMessage,
  type ExitReason,
  matching,
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
  const question = self.makeRef();
  const watch = self.monitor(server);
  self.send(server, ["ask", question, self.pid, text]);
  const answer = yield* self.receive({
    reply: when(
      (ref: Ref, _answer: string) => ref === question,
      (_ref, given): Answer => ["ok", given],
    ),
    DOWN: when(
      (ref: Ref, ..._rest: unknown[]) => ref === watch,
      (_ref, _type, _pid, reason): Answer => ["error", reason],
    ),
  });
  self.demonitor(watch);
  // The two steps one by one: no more of it comes, and none of it is left.
  yield* self.receive(
    matching<ToAsker, void>(watch, { DOWN: () => {} }),
    after(0),
  );
  return answer;
}
