import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Self } from "#runtime";
import { recording, simulate } from "#runtime/testing";
import { storiesByErlang, withoutErlang } from "../../runtime/real-erlang.ts";
import { forPlainNode } from "../plain-node.ts";
import { stories } from "./stories.ts";

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

const bundle = await forPlainNode("chapters/06-gen-server/main.ts");
const whole = start(process.execPath, bundle);
const wrongName = start(process.execPath, bundle, "failure");

const toldByBoth = ["otp", "order", "starts", "failures", "terminate"];

const theirs = withoutErlang
  ? undefined
  : storiesByErlang(join(here, "counter_server.erl"), toldByBoth);
// Whoever awaits it hears of a failure; nobody else has to.
theirs?.catch(() => {});

function tell(name: string, seed: number) {
  const lines: string[] = [];
  const run = simulate(
    function* main(self: Self<never>) {
      yield* stories[name]?.(self, (line) => void lines.push(line)) ?? [];
    },
    { seed },
  );
  return { printed: `${lines.join("\n")}\n`, run };
}

describe.each(Object.keys(stories))("the story %s", (name) => {
  test("prints what the page shows", async () => {
    const { printed } = tell(name, 0);
    await expect(printed).toMatchFileSnapshot(`${name}.out`);
  });

  test("prints the same under every schedule", () => {
    const { printed } = tell(name, 0);
    for (let seed = 1; seed <= 30; seed++) {
      expect(tell(name, seed).printed, `seed ${seed}`).toBe(printed);
    }
  });
});

test("the diagrams are drawn from runs", async () => {
  for (const name of ["asking", "patient"]) {
    const { trace } = tell(name, 0).run;
    const json = `${JSON.stringify(recording(trace), null, 1)}\n`;
    await expect(json).toMatchFileSnapshot(`${name}.trace.json`);
  }
});

test("the program tells the stories in the order of the page", async () => {
  const { stdout, stderr } = await whole;
  expect(stderr, "no report of a death stands between the lines").toBe("");
  const told = Object.keys(stories).map((name) => {
    const printed = readFileSync(join(here, `${name}.out`), "utf8");
    return `\n${name}\n${printed.replace(/^(?=.)/gm, "  ")}`;
  });
  expect(stdout).toBe(told.join(""));
}, 60_000);

test("the program with a wrong name says which there are", async () => {
  const { status, stderr } = await wrongName;
  expect(status).toBe(1);
  expect(stderr).toMatch(/no "failure"[\s\S]*counter, asking/);
}, 60_000);

/** The words of a line, whatever the columns and the quotes around them. */
const plain = (text: string) =>
  text.replace(/["'[\]]/g, "").replace(/ {2,}|\|/g, " ");

test.skipIf(withoutErlang)(
  "real Erlang prints the same (needs erl)",
  async () => {
    const told = await theirs;
    for (const [place, name] of toldByBoth.entries()) {
      const ours = readFileSync(join(here, `${name}.out`), "utf8");
      expect(plain(told?.[place] ?? "")).toBe(plain(`${name}\n${ours}`));
    }
  },
  60_000,
);
