import {
  matching,
  type Pid,
  type Process,
  type Ref,
  type Self,
} from "#runtime";
import type { Answer, Work } from "../work.ts";

type ToClient = readonly [tag: "reply", ref: Ref, value: number];
type ToServer =
  | readonly [tag: "call", ref: Ref, from: Pid<ToClient>, n: number]
  | "stop";

function* server(self: Self<ToServer>): Process {
  while (true) {
    const message = yield* self.receive();
    if (message === "stop") return;
    const [, ref, from, n] = message;
    self.send(from, ["reply", ref, n + 1]);
  }
}

/** Each call has its own reference, which the answer has to carry. */
function* client(self: Self<ToClient>, calls: number, answer: Answer): Process {
  const asked = self.spawn(server);
  const clauses = { reply: (_ref: Ref, value: number) => value };
  let value = 0;
  for (let i = 0; i < calls; i++) {
    const ref = self.makeRef();
    self.send(asked, ["call", ref, self.pid, value]);
    value = yield* self.receive(matching(ref, clauses));
  }
  self.send(asked, "stop");
  answer(value);
}

/** A request, a reference and a reply; the size is the number of calls. */
export const call: Work = {
  name: "call",
  title: "Call: request, reference, reply",
  unit: "call",
  sizes: { tiny: 5, quick: 100_000, full: 500_000 },
  units: (calls) => calls,
  answer: (calls) => calls,
  main: (self, calls, answer) => void self.spawn(client, calls, answer),
};
