import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { format, isProcessAlive, type Self } from "#runtime";
import { recording, simulate } from "#runtime/testing";
import { forPlainNode } from "../plain-node.ts";
import { changesItsMind } from "./differences.ts";
import { hello, type ToMain } from "./hello.ts";

const repository = join(import.meta.dirname, "..", "..");

function greet(name: string, seed = 0) {
  const lines: string[] = [];
  const run = simulate(
    function main(self: Self<ToMain>) {
      return hello(self, name, (line) => void lines.push(line));
    },
    { seed },
  );
  return { lines, run };
}

test("hello prints what the page shows", async () => {
  const { lines } = greet("world");
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("hello.out");
});

test("every schedule greets once", () => {
  for (let seed = 1; seed <= 30; seed++) {
    expect(greet("Ann", seed).lines).toEqual(["Hello, Ann"]);
  }
});

test("the diagram is drawn from a run", async () => {
  const json = `${JSON.stringify(recording(greet("world").run.trace), null, 1)}\n`;
  await expect(json).toMatchFileSnapshot("hello.trace.json");
});

test("npm run chapter 00 greets whom it is told to greet", () => {
  const program = ["--import", "tsx", "chapters/run.ts", "00", "Ann"];
  const printed = execFileSync(process.execPath, program, {
    cwd: repository,
    encoding: "utf8",
  });
  expect(printed).toBe("Hello, Ann\n");
});

test("an array that is changed after it was sent is changed for the receiver", () => {
  const { trace } = simulate(changesItsMind, { seed: 0 });
  const shown = trace.flatMap((event) =>
    event.kind === "send" ? [format(event.message)] : [],
  );
  expect(shown.at(-1)).toBe('["basket", ["apple", "wasp"]]');
});

test("a killed process does not run its finally, as in Erlang", () => {
  let ran = false;
  simulate(function* main(self: Self<never>) {
    const pid = self.spawn(function* holder(me: Self<never>) {
      try {
        yield* me.receive({});
      } finally {
        ran = true;
      }
    });
    yield* self.yield();
    self.sendExit(pid, "kill");
    yield* self.sleep(1);
    expect(isProcessAlive(pid)).toBe(false);
  });
  expect(ran).toBe(false);
});

test("too deep a recursion ends its own process and no other", () => {
  const deep = (depth: number): number => 1 + deep(depth + 1);
  const { reports } = simulate(function* main(self: Self<never>) {
    self.spawn(function* diver() {
      deep(0);
    });
    yield* self.sleep(1);
  });
  expect(reports).toMatchObject([
    { kind: "crash", label: "diver", reason: { name: "RangeError" } },
  ]);
});

test("a process that only waits does not keep the program alive", async () => {
  const runtime = pathToFileURL(await forPlainNode("runtime/index.ts"));
  const program = `import { spawn } from "${runtime}"; spawn(function* w(s) { yield* s.receive(); });`;
  const { status } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { timeout: 20_000 },
  );
  expect(status).toBe(0);
});
