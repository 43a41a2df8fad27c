import { type GenServer, genServer, type Process, type Self } from "#runtime";
import type { Answer, Work } from "../work.ts";

interface Counting {
  readonly call: { add(n: number): number };
}

const counting: GenServer<Counting, number> = {
  name: "counting",
  init: () => ["ok", 0],
  handleCall: {
    add: (_self, sum, n) => ["reply", sum + n, sum + n],
  },
};

function* client(self: Self<never>, calls: number, answer: Answer): Process {
  const started = yield* genServer.start(self, counting, []);
  if (started === "ignore" || started[0] === "error") return answer(Number.NaN);
  const [, server] = started;
  let sum = 0;
  for (let i = 0; i < calls; i++) {
    sum = yield* genServer.call(self, server, ["add", 1]);
  }
  answer(sum);
  yield* genServer.stop(self, server);
}

/** A call of a generic server, with its monitor; the size is the calls. */
export const genServerCall: Work = {
  name: "gen-server-call",
  title: "Call of a generic server",
  unit: "call",
  sizes: { tiny: 5, quick: 100_000, full: 500_000 },
  units: (calls) => calls,
  answer: (calls) => calls,
  main: (self, calls, answer) => void self.spawn(client, calls, answer),
  timesBeam: 3,
};
