import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Self } from "#runtime";
import { recording, simulate, trial } from "#runtime/testing";
import { toldByErlang, withoutErlang } from "../../runtime/real-erlang.ts";
import { forPlainNode } from "../plain-node.ts";
import { ann } from "./family.ts";
import { stories } from "./stories.ts";

const here = import.meta.dirname;
/** For the tests that start programs of their own, on a busy machine. */
const LIMIT_MS = 30_000;
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

const bundle = await forPlainNode("chapters/04-links/main.ts");
const whole = start(process.execPath, bundle);
const wrongName = start(process.execPath, bundle, "tabel");

const names = ["linked", "trapping", "gap", "watching", "table", "sent"];

const atoms = names.map((name) => `'${name}'`).join();
/** What one virtual machine of Erlang prints that tells them all. */
const theirs = withoutErlang
  ? undefined
  : toldByErlang(join(here, "links.erl"), `[links:tell(S) || S <- [${atoms}]]`);
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
});

const ordered = Object.keys(stories).filter(
  // Who of two ends first, and what `yield` lets happen, is the schedule's.
  (name) => !["trapping", "gap"].includes(name),
);

test.each(ordered)("%s prints the same under every schedule", (name) => {
  const { printed } = tell(name, 0);
  for (let seed = 1; seed <= 30; seed++) {
    expect(tell(name, seed).printed).toBe(printed);
  }
});

test("only the clerk who was sent nonsense is reported", () => {
  expect(tell("isolation", 0).reports).toMatchObject([
    { kind: "crash", label: "clerk", reason: { name: "SyntaxError" } },
  ]);
});

test("Bob takes Ann and Cleo along, and the diagram is drawn from it", async () => {
  // The first process of this simulation dies: that is what it is about.
  const { trace, failure } = trial(ann, { seed: 0 });
  expect(failure).toBeDefined();
  const ends = trace.filter((event) => event.kind === "exit");
  expect(ends.map(({ reason }) => reason)).toEqual(["boom", "boom", "boom"]);
  const json = `${JSON.stringify(recording(trace), null, 1)}\n`;
  await expect(json).toMatchFileSnapshot("family.trace.json");
});

test(
  "the program tells the stories in the order of the page",
  async () => {
    const { stdout } = await whole;
    const told = Object.keys(stories).map((name) => {
      const printed = readFileSync(join(here, `${name}.out`), "utf8");
      return `\n${name}\n${printed.replace(/^(?=.)/gm, "  ")}`;
    });
    const pidless = (text: string) => text.replace(/<0\.\d+\.0>/g, "<pid>");
    expect(pidless(stdout)).toBe(pidless(told.join("")));
  },
  LIMIT_MS,
);

test(
  "the program with a wrong name says which there are",
  async () => {
    const { status, stderr } = await wrongName;
    expect(status).toBe(1);
    expect(stderr).toMatch(/no "tabel"[\s\S]*isolation, linked/);
  },
  LIMIT_MS,
);

test.skipIf(withoutErlang)(
  "real Erlang prints the same stories (needs erl)",
  async () => {
    const output = (await theirs) ?? "";
    const ours = names.map((name) =>
      readFileSync(join(here, `${name}.out`), "utf8"),
    );
    // An atom has no quotes; what else is printed has to be equal.
    expect(output).toBe(ours.join("").replaceAll('"', ""));
  },
  LIMIT_MS,
);
