import type { Pid, Process, Self } from "#runtime";
import type { Answer, Work } from "../work.ts";

type ToMember = readonly [tag: "token", hops: number] | "stop";

/** How many processes the token visits in a round. */
export const MEMBERS = 1_000;

function* member(self: Self<ToMember>, next: Pid<ToMember>): Process {
  while (true) {
    const message = yield* self.receive();
    if (message === "stop") return self.send(next, "stop");
    self.send(next, ["token", message[1] + 1]);
  }
}

/** The first member of the ring, which also counts the rounds. */
function* first(self: Self<ToMember>, rounds: number, answer: Answer): Process {
  let next: Pid<ToMember> = self.pid;
  for (let i = 1; i < MEMBERS; i++) next = self.spawn(member, next);
  let hops = 0;
  for (let round = 0; round < rounds; round++) {
    self.send(next, ["token", hops + 1]);
    const message = yield* self.receive();
    if (message !== "stop") hops = message[1];
  }
  answer(hops);
  self.send(next, "stop");
  yield* self.receive();
}

/** One token goes round a ring of processes; the size is the rounds. */
export const ring: Work = {
  name: "ring",
  title: `Ring of ${MEMBERS}`,
  unit: "message",
  sizes: { tiny: 2, quick: 300, full: 2_000 },
  units: (rounds) => MEMBERS * rounds,
  answer: (rounds) => MEMBERS * rounds,
  main: (self, rounds, answer) => void self.spawn(first, rounds, answer),
  timesBeam: 3,
};
