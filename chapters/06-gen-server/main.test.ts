import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Self } from "#runtime";
import { recording, simulate } from "#runtime/testing";
import { stories } from "./stories.ts";

const here = import.meta.dirname;
const repository = join(here, "..", "..");

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

test("npm run chapter 06 tells the stories in the order of the page", () => {
  const program = ["--import", "tsx", "chapters/run.ts", "06"];
  const { stdout } = spawnSync(process.execPath, program, {
    cwd: repository,
    encoding: "utf8",
  });
  const told = Object.keys(stories).map((name) => {
    const printed = readFileSync(join(here, `${name}.out`), "utf8");
    return `\n${name}\n${printed.replace(/^(?=.)/gm, "  ")}`;
  });
  expect(stdout).toBe(told.join(""));
}, 60_000);

test("npm run chapter 06 with a wrong name says which there are", () => {
  const program = ["--import", "tsx", "chapters/run.ts", "06", "failure"];
  const { status, stderr } = spawnSync(process.execPath, program, {
    cwd: repository,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/no "failure"[\s\S]*counter, asking/);
}, 60_000);

const erlang = spawnSync("erl", ["+V"]);
const missing = erlang.error !== undefined && !process.env.CI;
/** The words of a line, whatever the columns and the quotes around them. */
const plain = (text: string) =>
  text.replace(/["'[\]]/g, "").replace(/ {2,}|\|/g, " ");

const toldByBoth = ["otp", "order", "starts", "failures", "terminate"];

test.skipIf(missing)(
  "real Erlang prints the same (needs erl)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "counter-server-"));
    execFileSync("erlc", [
      "-Werror",
      "-o",
      folder,
      join(here, "counter_server.erl"),
    ]);
    // One virtual machine tells them all; each begins with its name.
    const stories = toldByBoth.map((name) => `'${name}'`).join();
    const output = execFileSync(
      "erl",
      [
        ...["-noshell", "-kernel", "logger_level", "none", "-pa", folder],
        "-eval",
        `[begin io:format("@@~s~n", [S]), counter_server:tell(S) end || S <- [${stories}]], halt().`,
      ],
      { encoding: "utf8" },
    );
    rmSync(folder, { recursive: true });
    for (const name of toldByBoth) {
      const theirs = output
        .split("@@")
        .find((one) => one.startsWith(`${name}\n`));
      const ours = readFileSync(join(here, `${name}.out`), "utf8");
      expect(plain(theirs ?? "")).toBe(plain(`${name}\n${ours}`));
    }
  },
  60_000,
);
