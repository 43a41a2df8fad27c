import { expect, test } from "vitest";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import { plainChild, startPlain } from "./flaky-child.ts";
import { type ChildSpec, observe, supervisor } from "./index.ts";
import { ok } from "./outcome.ts";

const many = { schedules: 25 };
type Me = Self<["EXIT", Pid, unknown]>;

test("observe shows a tree as it is: inner supervisors, stopped children, restarts of late", () => {
  simulate(function* main(self: Me) {
    const inner: ChildSpec = {
      id: "inner",
      type: "supervisor",
      start: (it) => supervisor.startLink(it, {}, [plainChild("leaf")]),
    };
    const children = [plainChild("a"), inner, plainChild("b")];
    const options = { name: "top" };
    const top = ok(yield* supervisor.startLink(self, {}, children, options));
    yield* supervisor.terminateChild(self, top, "a");
    const [b] = yield* supervisor.whichChildren(self, top);
    self.sendExit(b?.[1] as Pid, "boom");
    yield* self.sleep(10);
    expect(observe(self).trees).toMatchObject([
      {
        id: "top",
        pid: top,
        state: "running",
        restarts: 1,
        children: [
          { id: "a", pid: undefined, state: "stopped", children: [] },
          { id: "inner", state: "running", children: [{ id: "leaf" }] },
          { id: "b", state: "running", children: [] },
        ],
      },
    ]);
  }, many);
});

test("observe shows a child that is being restarted, and dynamic ones by their spec", () => {
  simulate(function* main(self: Me) {
    let isBroken = false;
    const spec: ChildSpec = {
      id: "worker",
      *start(it) {
        yield* it.sleep(1);
        return isBroken ? ["error", "broken"] : startPlain(it);
      },
    };
    const strategy = "simple_one_for_one" as const;
    const flags = { strategy, intensity: 1_000, periodMs: 60_000 };
    const top = ok(yield* supervisor.startLink(self, flags, [spec]));
    const started = yield* supervisor.startChild(self, top, []);
    yield* supervisor.startChild(self, top, []);
    isBroken = true;
    self.sendExit(started[1] as Pid, "boom");
    yield* self.sleep(10);
    expect(observe(self).trees[0]?.children).toMatchObject([
      { id: "worker", pid: undefined, state: "restarting" },
      { id: "worker", state: "running" },
    ]);
    yield* supervisor.terminateChild(self, top, started[1] as Pid);
    expect(observe(self).trees[0]?.children).toHaveLength(1);
  }, many);
});

test("observe disturbs nobody: no message is sent, and no process runs", () => {
  const run = simulate(function* main(self: Me) {
    const top = ok(yield* supervisor.startLink(self, {}, [plainChild("a")]));
    observe(self);
    yield* supervisor.countChildren(self, top);
  });
  const sent = run.trace.filter(({ kind }) => kind === "send");
  // The supervisor's word that it has started, the question, the answer.
  expect(sent).toHaveLength(3);
});
