import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { forPlainNode } from "./plain-node.ts";

test("a program ends without a word when nobody reads what it prints", async () => {
  const first = await forPlainNode("chapters/closed-pipe.ts");
  const endless = "setInterval(() => console.log('still here'), 1)";
  const program = spawn(
    process.execPath,
    ["--import", pathToFileURL(first).href, "--eval", endless],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let complaints = "";
  program.stderr.setEncoding("utf8").on("data", (text) => {
    complaints += text;
  });
  await once(program.stdout, "data");
  program.stdout.destroy();
  const [code] = await once(program, "close");
  expect([code, complaints]).toEqual([0, ""]);
});

test("every command of the book begins with it", () => {
  const file = join(import.meta.dirname, "..", "package.json");
  const { scripts } = JSON.parse(readFileSync(file, "utf8")) as {
    scripts: Record<string, string>;
  };
  const ours = Object.values(scripts).filter((one) => one.startsWith("tsx "));
  expect(ours.length).toBeGreaterThan(5);
  for (const command of ours) {
    expect(command).toMatch(/^tsx --import \.\/chapters\/closed-pipe\.ts /);
  }
});
