import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { Pid, Self, TraceEvent } from "#runtime";
import { recording, simulate } from "#runtime/testing";
import { storiesByErlang, withoutErlang } from "../../runtime/real-erlang.ts";
import { forPlainNode } from "../plain-node.ts";
import { printTree } from "./print-tree.ts";
import { stories } from "./stories.ts";
import { all, deathOfB } from "./strategies.ts";
import type { Teller } from "./top.ts";

vi.setConfig({ testTimeout: 30_000 });
const here = import.meta.dirname;
const repository = join(here, "..", "..");

/** Starts a program at once; it runs while the other tests do. */
function start(command: string, ...words: string[]) {
  type Outcome = { status: unknown; stdout: string; stderr: string };
  return new Promise<Outcome>((resolve) => {
    execFile(command, words, { cwd: repository }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, stdout, stderr }),
    );
  });
}

const bundle = await forPlainNode("chapters/05-supervisors/main.ts");
const whole = start(process.execPath, bundle);
const wrongName = start(process.execPath, bundle, "trees");
const observed = start(process.execPath, bundle, "observe");

const toldByBoth = [
  "tree",
  "strategies",
  "restart-types",
  "intensity",
  "starting",
];

const theirs = withoutErlang
  ? undefined
  : storiesByErlang(join(here, "supervisors.erl"), toldByBoth);
// Whoever awaits it hears of a failure; nobody else has to.
theirs?.catch(() => {});

function tell(name: string, seed: number) {
  const lines: string[] = [];
  const { reports } = simulate(
    function* main(self: Self<never>) {
      yield* stories[name]?.(self, (line) => void lines.push(line)) ?? [];
    },
    { seed },
  );
  return { printed: `${lines.join("\n")}\n`, reports };
}

describe.each(Object.keys(stories))("the story %s", (name) => {
  test("prints what the page shows", async () => {
    const { printed } = tell(name, 0);
    await expect(printed).toMatchFileSnapshot(`${name}.out`);
  });

  test("prints the same under every schedule", () => {
    const { printed } = tell(name, 0);
    for (let seed = 1; seed <= 20; seed++) {
      expect(tell(name, seed).printed).toBe(printed);
    }
  });
});

test("the tree is drawn as the page shows it", async () => {
  const lines: string[] = [];
  simulate(
    function* main(self: Teller) {
      yield* printTree(self, (line) => void lines.push(line));
    },
    { seed: 0 },
  );
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("drawn.out");
});

test("a supervisor that gives up says so in a report", () => {
  const titles = tell("intensity", 0).reports.map((report) =>
    report.kind === "report" ? `${report.fields[1]?.[1]}` : report.kind,
  );
  // With an intensity of 0, the first death is the one too many.
  expect(titles.slice(-2)).toEqual(["child_terminated", "shutdown"]);
});

/** Births, deaths and signals of a supervisor and its children, no more. */
function family(trace: readonly TraceEvent[]): TraceEvent[] {
  const main = trace[0]?.kind === "spawn" ? trace[0].pid : undefined;
  const isMain = (pid: Pid | undefined) => pid === main;
  const death = trace.findIndex(
    (event) => event.kind === "exit" && event.reason === "boom",
  );
  const end = trace.findIndex(
    (event) => event.kind === "exit-signal" && isMain(event.from),
  );
  return trace.slice(0, end).flatMap((event, index): TraceEvent[] => {
    if (event.kind === "spawn" && !isMain(event.pid)) {
      return [
        { ...event, parent: isMain(event.parent) ? undefined : event.parent },
      ];
    }
    if (index < death || event.kind === "spawn") return [];
    const isSignal = event.kind === "exit" || event.kind === "exit-signal";
    return isSignal ? [event] : [];
  });
}

test.each(all)("the diagram of %s is drawn from a run", async (strategy) => {
  const { trace } = simulate(
    function* main(self: Teller) {
      yield* deathOfB(self, strategy, ["a", "b", "c"], () => {});
    },
    { seed: 0 },
  );
  const json = `${JSON.stringify(recording(family(trace)), null, 1)}\n`;
  await expect(json).toMatchFileSnapshot(`${strategy}.trace.json`);
});

test("the program tells the stories in the order of the page", async () => {
  const told = Object.keys(stories).map((name) => {
    const printed = readFileSync(join(here, `${name}.out`), "utf8");
    return `\n${name}\n${printed.replace(/^(?=.)/gm, "  ")}`;
  });
  expect((await whole).stdout).toBe(told.join(""));
});

test("the program with observe, but without a terminal prints the tree", async () => {
  const pidless = (text: string) => text.replace(/<0\.\d+\.0>/g, "<pid>");
  const drawn = readFileSync(join(here, "drawn.out"), "utf8");
  expect(pidless((await observed).stdout)).toBe(pidless(drawn));
});

test("the program with a wrong name says which there are", async () => {
  const { status, stderr } = await wrongName;
  expect(status).toBe(1);
  expect(stderr).toMatch(/no "trees"[\s\S]*tree, blind/);
});

test.skipIf(withoutErlang)(
  "real Erlang prints the same (needs erl)",
  async () => {
    const told = await theirs;
    for (const [place, name] of toldByBoth.entries()) {
      const ours = readFileSync(join(here, `${name}.out`), "utf8");
      expect(asErlang(told?.[place] ?? "")).toBe(asErlang(`${name}\n${ours}`));
    }
  },
  60_000,
);

/** Tuples without the marks in which the two languages differ. */
function asErlang(text: string): string {
  return text.replace(/["[\]{}]/g, "").replace(/,\s*/g, ",");
}
