import {
  after,
  Exit,
  matching,
  type Pid,
  type Process,
  type Self,
  type Step,
} from "#runtime";
import type { Print } from "./counter.ts";
import { type Answer, loop, type Wire } from "./generic.ts";
import { words } from "./in-words.ts";

type Call = typeof forgetful;

/** Gives up when the time is over, and leaves its address behind. */
function* forgetful(
  self: Self<Answer>,
  server: Pid<Wire>,
  limitMs: number,
): Step<unknown> {
  const ref = self.monitor(server);
  self.send(server, ["call", [self.pid, ref], "work"]);
  return yield* self.receive(
    matching<Answer, unknown>(ref, {
      reply: (_ref, value) => value,
      DOWN: (_ref, _type, _pid, reason) => self.exit(reason),
    }),
    after(limitMs, () => self.exit("timeout")),
  );
}

// #region call
/** Asks from an address that is good for this one answer. */
function* patient(
  self: Self<Answer>,
  server: Pid<Wire>,
  limitMs: number,
): Step<unknown> {
  const ref = self.monitor(server, { alias: "reply_demonitor" });
  self.send(server, ["call", [ref, ref], "work"]);
  return yield* self.receive(
    matching<Answer, unknown>(ref, {
      reply: (_ref, value) => value,
      DOWN: (_ref, _type, _pid, reason) => self.exit(reason),
    }),
    after(limitMs, () => {
      self.demonitor(ref, { flush: true });
      return self.exit("timeout");
    }),
  );
}
// #endregion

// #region late
/** A server that takes 100 ms is given 50, and then all the time it needs. */
function* tooLate(self: Self<Answer>, call: Call): Step<string> {
  const server = self.spawn(slow);
  try {
    yield* call(self, server, 50);
  } catch (caught) {
    if (!(caught instanceof Exit)) throw caught;
    yield* self.sleep(200);
    const left = yield* self.receive(
      { reply: () => 1 },
      after(0, () => 0),
    );
    return `${words(caught.reason)}; late replies in the mailbox: ${left}`;
  }
  return "in time";
}
// #endregion

/** The generic loop, behind a delay: it works at one request at a time. */
function* slow(self: Self<Wire>): Process {
  yield* self.sleep(100);
  const work = { work: () => ["reply", "done", 0] as const };
  return loop(self, { handleCall: work, handleCast: {} }, 0);
}

export function* late(self: Self<Answer>, print: Print): Process {
  print(`reply to the pid: ${yield* tooLate(self, forgetful)}`);
  print(`reply to the alias: ${yield* tooLate(self, patient)}`);
}
