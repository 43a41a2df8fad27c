import { expect, test } from "vitest";
import type { Process } from "../core/message.ts";
import type { Pid } from "../core/pid.ts";
import type { Self } from "../core/self.ts";
import { simulate } from "../testing/simulate.ts";
import { type Application, application, observe, supervisor } from "./index.ts";

function* worker(self: Self<"die">): Process {
  self.register("worker");
  yield* self.receive({ die: () => self.exit("boom") });
}

function demo(log: string[] = []): Application {
  return {
    name: "demo",
    env: { port: 9527 },
    start: (self) =>
      supervisor.startLink(self, { intensity: 0 }, [
        { id: "worker", start: (it) => ["ok", it.spawnLink(worker) as Pid] },
      ]),
    prepStop: (self) =>
      void log.push(
        `prepStop, worker ${self.whereis("worker") ? "up" : "gone"}`,
      ),
    stop: () => void log.push("stop"),
  };
}

test("an application starts its tree, has an environment, and stops", () => {
  const log: string[] = [];
  simulate(function* main(self: Self<never>) {
    expect(yield* application.start(self, demo(log))).toBe("ok");
    expect(application.whichApplications(self)).toEqual(["demo"]);
    expect(application.getEnv(self, "demo", "port")).toBe(9527);
    application.setEnv(self, "demo", "port", 1);
    expect(application.getEnv(self, "demo", "port")).toBe(1);
    expect(yield* application.start(self, demo())).toEqual([
      "error",
      ["already_started", "demo"],
    ]);
    expect(yield* application.stop(self, "demo")).toBe("ok");
    expect(self.whereis("worker")).toBeUndefined();
    expect(log).toEqual(["prepStop, worker up", "stop"]);
    expect(application.whichApplications(self)).toEqual([]);
  });
});

test("the environment is there while the tree starts, and after it has gone", () => {
  const read: unknown[] = [];
  simulate(function* main(self: Self<never>) {
    const curious: Application = {
      ...demo(),
      start: (it) => {
        read.push(application.getEnv(it, "demo", "port"));
        return demo().start(it, "normal");
      },
    };
    yield* application.start(self, curious);
    yield* application.stop(self, "demo");
    read.push(application.getEnv(self, "demo", "port", "none"));
  });
  expect(read).toEqual([9527, 9527]);
});

test("one that needs another waits for nothing: it says which is missing", () => {
  simulate(function* main(self: Self<never>) {
    const needy = { ...demo(), applications: ["database"] };
    expect(yield* application.start(self, needy)).toEqual([
      "error",
      ["not_started", "database"],
    ]);
  });
});

test("Z a temporary application that gives up leaves the node as it is", () => {
  simulate(function* main(self: Self<never>) {
    const log: string[] = [];
    yield* application.start(self, demo(log));
    self.send("worker", "die");
    yield* self.sleep(10);
    expect(application.whichApplications(self)).toEqual([]);
    // As in Erlang: both are called, though there is nothing to prepare.
    expect(log).toEqual(["prepStop, worker gone", "stop"]);
  });
});

test("Z a permanent or transient one takes the node with it", () => {
  for (const type of ["permanent", "transient"] as const) {
    const run = () =>
      simulate(function* main(self: Self<never>) {
        yield* application.start(self, demo(), type);
        self.send("worker", "die");
        yield* self.sleep(10);
        throw new Error("the node lives");
      });
    expect(run).toThrow(/noconnection/);
  }
});

test("one that does not start answers why; a permanent one takes the node with it", () => {
  const broken = { ...demo(), start: () => "nonsense" as never };
  const why = ["bad_return", ["demo", "nonsense"]];
  const { reports } = simulate(function* main(self: Self<never>) {
    for (const type of ["temporary", "transient"] as const) {
      const started = yield* application.start(self, broken, type);
      expect(started).toEqual(["error", why]);
    }
  });
  const told = reports.map((one) => one.kind === "report" && one.title);
  expect(told).toEqual(["NOTICE REPORT", "NOTICE REPORT"]);
  const run = () =>
    simulate(function* main(self: Self<never>) {
      yield* application.start(self, broken, "permanent");
      throw new Error("the node lives");
    });
  expect(run).toThrow(/noconnection/);
});

test("a start type that is none is refused, and nothing is started", () => {
  simulate(function* main(self: Self<never>) {
    const started = yield* application.start(self, demo(), "forever" as never);
    expect(started).toEqual(["error", ["invalid_restart_type", "forever"]]);
    expect(application.whichApplications(self)).toEqual([]);
  });
});

test("a callback that throws is reported, and the rest is done", () => {
  const { reports } = simulate(function* main(self: Self<never>) {
    const clumsy: Application = {
      ...demo(),
      stop() {
        throw new TypeError("oh");
      },
    };
    yield* application.start(self, clumsy);
    expect(yield* application.stop(self, "demo")).toBe("ok");
  });
  expect(reports[0]).toMatchObject({
    title: "ERROR REPORT",
    fields: [
      ["callback", "stop"],
      ["threw", new TypeError("oh")],
    ],
  });
});

test("observe shows the tree without asking any process", () => {
  simulate(function* main(self: Self<never>) {
    yield* application.start(self, demo());
    const { trees, processes } = observe(self);
    expect(trees).toMatchObject([
      {
        id: "supervisor",
        state: "running",
        restarts: 0,
        children: [{ id: "worker", state: "running", children: [] }],
      },
    ]);
    expect(processes.map(({ label }) => label)).toEqual([
      "main",
      "demo (application master)",
      "supervisor",
      "worker",
    ]);
  });
});
