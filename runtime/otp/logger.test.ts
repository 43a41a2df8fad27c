import { expect, test, vi } from "vitest";
import { consoleLogger, type Report } from "../core/report.ts";
import { steppedByHand } from "../core/scheduler.ts";
import type { Self } from "../core/self.ts";
import { createNode } from "../core/world.ts";
import { simulate } from "../testing/simulate.ts";
import { genServer, logger, supervisor } from "./index.ts";
import { loggingChild } from "./logging-child.ts";
import { ok } from "./outcome.ts";
import { scripted } from "./scripted-server.ts";

const levels = ["error", "warning", "notice", "info", "debug"] as const;

const saying = (level: (typeof levels)[number]): Report => ({
  kind: "report",
  atMs: 0,
  level,
  title: "TEST REPORT",
  pid: "<0.1.0>",
  fields: [["says", level]],
});
const crash: Report = {
  kind: "crash",
  atMs: 0,
  pid: "<0.1.0>",
  label: "main",
  reason: "boom",
};

/** The lines of reports, their fields spaced as they are printed. */
function printed(reports: readonly Report[]): string[] {
  const lines: string[] = [];
  const handler = logger.printing((text) => lines.push(...text.split("\n")));
  for (const one of reports) handler(one);
  return lines;
}

test("logger.from hands on what is as bad as its level, or worse, and every crash", () => {
  for (const [place, least] of levels.entries()) {
    const seen: Report[] = [];
    const handler = logger.from(least, (one) => seen.push(one));
    for (const level of levels) handler(saying(level));
    handler(crash);
    expect(seen).toEqual([...levels.slice(0, place + 1).map(saying), crash]);
  }
});

test("logger.all hands each report to all handlers, after one that throws too", () => {
  const seen: Report[] = [];
  const broken = () => {
    throw new Error("broken");
  };
  const handler = logger.all(broken, (one) => seen.push(one));
  expect(() => handler(crash)).toThrow("broken");
  expect(seen).toEqual([crash]);
});

test("a process says something with logger.info and its like, under OTP's title", () => {
  const run = simulate(function* main(self: Self<never>) {
    logger.error(self, "one");
    logger.warning(self, "two");
    logger.notice(self, { what: "three", count: 3 });
    logger.info(self, "four");
    logger.debug(self, "five");
    yield* self.yield();
  });
  expect(run.reports).toMatchObject(
    levels.map((level) => ({ level, title: `${level.toUpperCase()} REPORT` })),
  );
  expect(printed(run.reports.slice(2, 3))).toEqual([
    "=NOTICE REPORT==== <0.1.0>",
    '    what:  "three"',
    "    count: 3",
  ]);
});

test("supervisor_SUITE: format_log_1 a child's death is printed as a supervisor report, field by field", () => {
  const run = simulate(function* main(self: Self<never>) {
    const children = [loggingChild("worker", [])];
    const options = { name: "top" };
    ok(yield* supervisor.startLink(self, {}, children, options));
    self.send("worker", ["die", "boom"]);
    yield* self.sleep(10);
  });
  const lines = printed(run.reports);
  const at = lines.findIndex((line) => line.startsWith("=SUPERVISOR REPORT"));
  expect(lines.slice(at, at + 6)).toEqual([
    "=SUPERVISOR REPORT==== <0.2.0>",
    '    supervisor:    "top"',
    '    error context: "child_terminated"',
    '    reason:        "boom"',
    '    offender:      "worker"',
    "    child pid:     <0.3.0>",
  ]);
  expect(lines.some((line) => line.startsWith("=CRASH REPORT"))).toBe(true);
});

test("a server's end is printed with its last message, its state and the reason", () => {
  const run = simulate(function* main(self: Self<never>) {
    const stopping = scripted([], {
      cast: (_it, _what, state) => ["stop", "boom", state],
    });
    const server = ok(yield* genServer.start(self, stopping, []));
    genServer.cast(self, server, ["tell", "now"]);
    yield* self.sleep(10);
  });
  expect(printed(run.reports).slice(0, 5)).toEqual([
    "=ERROR REPORT==== <0.2.0>",
    '    generic server terminating: "scripted"',
    '    last message in:            ["$gen_cast", ["tell", "now"]]',
    '    when server state:          "state"',
    '    reason for termination:     "boom"',
  ]);
});

test("the default console logger prints notice and above", () => {
  const spy = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    for (const level of levels) consoleLogger(saying(level));
    consoleLogger(crash);
    const first = spy.mock.calls.map(([text]) => `${text}`.split("\n").at(-1));
    expect(first).toEqual([
      '    says: "error"',
      '    says: "warning"',
      '    says: "notice"',
      '"boom"',
    ]);
  } finally {
    spy.mockRestore();
  }
});

test("a node's logger is a handler that it is made with", () => {
  const lines: string[] = [];
  const handler = logger.printing((text) => lines.push(text));
  const node = createNode({
    name: "logging@127.0.0.1",
    scheduler: steppedByHand,
    logger: logger.from("info", handler),
  });
  node.spawn((self: Self<never>) => {
    logger.info(self, "heard");
    logger.debug(self, "not heard");
  });
  node.step();
  expect(lines).toEqual([expect.stringContaining('message: "heard"')]);
  node.stop();
});
