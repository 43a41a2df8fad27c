import { Exit } from "../../core/exit.ts";
import type { DownMessage, Process, Step } from "../../core/message.ts";
import type { Pid } from "../../core/pid.ts";
import type { Caller, Self } from "../../core/self.ts";
import type { ChildSpec, ChildStart } from "../child-spec.ts";
import { type Acknowledge, start as startProcess } from "../proc-lib.ts";
import * as supervisor from "../supervisor.ts";
import type { Supervisor } from "../supervisor-protocol.ts";
import type { Actor, Happening, Scenario } from "./scenario.ts";

/** Acts a scenario out and writes down what happens, as supervised.erl does. */
export function* enact(
  self: Self<DownMessage>,
  scenario: Scenario,
  log: string[],
): Process {
  self.trapExit(true);
  const { strategy, intensity, autoShutdown, actors } = scenario;
  const flags = { strategy, intensity, autoShutdown, periodMs: 600_000 };
  const specs = actors.map((actor) => specOf(actor, log));
  const started = yield* supervisor.startLink(self, flags, specs);
  if (started === "ignore" || started[0] === "error") {
    // ["error", ["shutdown", ["failed_to_start_child", id, reason]]]
    const [, why] = started as ["error", ["shutdown", readonly string[]]];
    log.push(`refused for ${why[1][1]}`);
    return;
  }
  const [, top] = started;
  for (const happening of scenario.happenings) {
    yield* happen(self, top, specs, happening, log);
    log.push(yield* childrenOf(self, top));
  }
  self.monitor(top);
  self.sendExit(top, "shutdown");
  yield* self.receive({ DOWN: () => {} });
}

function specOf(actor: Actor, log: string[]): ChildSpec {
  const { id, restart, significant, fails, ignores } = actor;
  let starts = 0;
  return {
    id,
    restart,
    significant,
    start(it): ChildStart | Step<ChildStart> {
      starts++;
      if (fails.includes(starts)) {
        log.push(`fail ${id}`);
        return ["error", "no"];
      }
      if (ignores.includes(starts)) {
        log.push(`ignore ${id}`);
        return "ignore";
      }
      return startProcess<ChildStart>(
        it,
        id,
        (me, acknowledge) => worker(me as never, id, log, acknowledge),
        { link: true },
      );
    },
  };
}

type Told = ["die", reason: unknown] | ["EXIT", from: Pid, reason: unknown];

function* worker(
  self: Self<Told>,
  id: string,
  log: string[],
  acknowledge: Acknowledge<ChildStart>,
): Process {
  self.register(id);
  self.trapExit(true);
  log.push(`start ${id}`);
  acknowledge(["ok", self.pid]);
  yield* self.receive({
    die: (reason) => self.exit(reason),
    EXIT(_from, reason) {
      log.push(`stop ${id} ${reason}`);
      self.exit(reason);
    },
  });
}

function* happen(
  self: Self<DownMessage>,
  top: Supervisor,
  specs: readonly ChildSpec[],
  [what, id, reason]: Happening,
  log: string[],
): Step<void> {
  if (what === "die") {
    const pid = self.whereis(id);
    if (!pid) log.push(`nobody ${id}`);
    else self.send(pid as Pid<unknown>, ["die", reason]);
    // Virtual time passes only when nobody has anything left to do.
    yield* self.sleep(1);
    return;
  }
  const spec = specs.find((one) => one.id === id) as ChildSpec;
  const ask = {
    start: () => supervisor.startChild(self, top, spec),
    terminate: () => supervisor.terminateChild(self, top, id),
    restart: () => supervisor.restartChild(self, top, id),
    delete: () => supervisor.deleteChild(self, top, id),
  };
  try {
    log.push(`${what} ${id}: ${answer(yield* ask[what]())}`);
  } catch (thrown) {
    if (!(thrown instanceof Exit)) throw thrown;
    log.push(`${what} ${id}: gone`);
  }
}

function answer(given: "ok" | readonly unknown[]): unknown {
  if (given === "ok") return "ok";
  const [word, value] = given;
  if (word === "ok") return value ? "ok with pid" : "ok without pid";
  return Array.isArray(value) ? value[0] : value;
}

function* childrenOf(self: Caller, top: Supervisor): Step<string> {
  try {
    const children = yield* supervisor.whichChildren(self, top);
    const state = (child: unknown) =>
      child === "restarting" ? child : child ? "runs" : "undefined";
    return children.map(([id, child]) => `${id}=${state(child)}`).join(" ");
  } catch (thrown) {
    if (thrown instanceof Exit) return "gone";
    throw thrown;
  }
}
