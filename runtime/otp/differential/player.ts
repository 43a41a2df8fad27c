import { after, matching } from "../../core/clauses.ts";
import { Exit } from "../../core/exit.ts";
import type { DownMessage, ExitMessage, Step } from "../../core/message.ts";
import type { Pid } from "../../core/pid.ts";
import type { Self } from "../../core/self.ts";
import { simulate } from "../../testing/simulate.ts";
import { resume, suspend } from "../index.ts";
import type { AnyServer } from "../protocol.ts";
import { ask, plain } from "./ask.ts";
import { type Performance, startTree } from "./children.ts";
import { actionInErlang, term } from "./erlang-text.ts";
import { show } from "./listing.ts";
import { type Action, namesOf, type Scenario } from "./scenario.ts";

type Me = Self<ExitMessage | DownMessage>;

/** Plays a scenario under our supervisor; a trace like differential.erl's. */
export function trace(scenario: Scenario, seed: number): string {
  const names = namesOf(scenario);
  const performance = { lines: [], starts: new Map(), names } as Performance;
  const body = (self: Me) => play(self, scenario, performance);
  const { reports } = simulate(body, { seed });
  const told = reports.flatMap((report) => {
    if (report.kind !== "report") return [];
    if (report.title !== "SUPERVISOR REPORT") return [];
    const fields = new Map(report.fields);
    const words = ["error context", "offender", "reason"];
    return words.map((word) => plain(fields.get(word))).join(" ");
  });
  return [...performance.lines, "reports", ...told].join("|");
}

function* play(self: Me, scenario: Scenario, performance: Performance) {
  self.trapExit(true);
  const { lines } = performance;
  const { tree, actions } = scenario;
  const started = yield* startTree(self as never, "top", tree, performance);
  if (started === "ignore" || started[0] === "error") {
    lines.push(`refused ${plain(started[1])}`);
    return;
  }
  const [, top] = started;
  const ended = (from: unknown, reason: unknown) => {
    if (from === top) lines.push(`ended ${term(reason)}`);
    return true;
  };
  for (const action of actions) {
    lines.push(actionInErlang(action));
    const ends = yield* act(self, action, scenario, performance);
    // Virtual time passes only when nobody has anything left to do.
    yield* self.sleep(100);
    lines.push(...ends);
    if (yield* self.receive({ EXIT: ended }, after(0))) return;
    yield* show(self as never, "top", tree, performance);
  }
  self.sendExit(top, "shutdown");
  yield* self.receive({ EXIT: ended });
}

/** Does it; gives the ends that it has caused, to be written down later. */
function* act(
  self: Me,
  action: Action,
  scenario: Scenario,
  performance: Performance,
): Step<string[]> {
  const { lines } = performance;
  switch (action[0]) {
    case "die":
    case "signal":
      return [yield* strike(self, action)];
    case "together": {
      const [, name, ids, reason] = action;
      const server = self.whereis(name) as AnyServer | undefined;
      if (!server) {
        lines.push("gone");
        return [];
      }
      yield* suspend(self, server);
      const ends: string[] = [];
      for (const id of ids) {
        ends.push(yield* strike(self, ["die", id, reason]));
        yield* self.sleep(100);
      }
      yield* resume(self, server);
      return ends;
    }
    default:
      try {
        const answer = yield* ask(self as never, action, scenario, performance);
        lines.push(`answer ${plain(answer)}`);
      } catch (thrown) {
        if (!(thrown instanceof Exit)) throw thrown;
        lines.push("answer gone");
      }
      return [];
  }
}

/** The end of a worker, waited for; or that there is none. */
function* strike(
  self: Me,
  [how, id, reason]: Extract<Action, readonly ["die" | "signal", ...unknown[]]>,
): Step<string> {
  const pid = self.whereis(id);
  if (!pid) return `nobody ${id}`;
  const ref = self.monitor(pid);
  if (how === "signal") self.sendExit(pid, reason);
  else self.send(pid as Pid<unknown>, ["die", reason]);
  return yield* self.receive(
    matching<ExitMessage | DownMessage, string>(ref, {
      DOWN: (_ref, _type, _pid, why) => `down ${id} ${plain(why)}`,
    }),
  );
}
