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

const erlang = spawnSync("erl", ["-noshell", "-eval", "halt()."]);
const missing = erlang.error !== undefined && !process.env.CI;
/** The words of a line, whatever the columns and the quotes around them. */
const plain = (text: string) =>
  text.replace(/["'[\]]/g, "").replace(/ {2,}|\|/g, " ");

test.skipIf(missing).each(["otp", "order", "starts", "failures", "terminate"])(
  "real Erlang prints the same %s (needs erl)",
  (name) => {
    const folder = mkdtempSync(join(tmpdir(), "gen-server-"));
    const source = join(here, "counter_server.erl");
    execFileSync("erlc", ["-Werror", "-o", folder, source]);
    const output = execFileSync(
      "erl",
      [
        ...["-noshell", "-kernel", "logger_level", "none", "-pa", folder],
        ...["-eval", `counter_server:tell(${name}), halt().`],
      ],
      { encoding: "utf8" },
    );
    rmSync(folder, { recursive: true });
    const ours = readFileSync(join(here, `${name}.out`), "utf8");
    expect(plain(output)).toBe(plain(ours));
  },
  60_000,
);
