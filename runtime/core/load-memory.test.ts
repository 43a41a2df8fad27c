import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";

/**
 * Runs a program on this runtime in a process of its own, whose memory is
 * bounded and whose garbage can be collected when it asks.
 */
function run(body: string, ...flags: string[]): Record<string, number> {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `import * as runtime from "./index.ts";
        const { createNode, after } = runtime;
        const node = createNode({ logger: () => {} });
        const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
        const result = await (async () => { ${body} })();
        console.log(JSON.stringify(result));
        process.exit();`,
      resolveDir: join(import.meta.dirname, ".."),
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
  });
  const output = execFileSync(
    process.execPath,
    ["--expose-gc", ...flags, "--input-type=module", "-"],
    { input: outputFiles[0]?.text ?? "", encoding: "utf8" },
  );
  return JSON.parse(output);
}

test("ten million tail calls run in constant space", () => {
  const { turns, grownMb } = run(
    `function* loop(self, left, done) {
       if (left === 0) return done();
       return loop(self, left - 1, done);
     }
     gc();
     const before = process.memoryUsage().heapUsed;
     await new Promise((resolve) => node.spawn(loop, 10_000_000, resolve));
     gc();
     return { turns: 10_000_000,
              grownMb: (process.memoryUsage().heapUsed - before) / 2 ** 20 };`,
    // A frame for each would need a hundred times this.
    "--max-old-space-size=32",
  );
  expect(turns).toBe(10_000_000);
  expect(grownMb).toBeLessThan(4);
}, 60_000);

test("a million idle processes fit in memory", () => {
  const { alive = 0, bytesEach } = run(
    `function* idle(self) { yield* self.receive({}); }
     gc();
     const before = process.memoryUsage().heapUsed;
     for (let i = 0; i < 1_000_000; i++) node.spawn(idle);
     while (node.step());
     gc();
     const { heapUsed } = process.memoryUsage();
     return { alive: node.processes().length,
              bytesEach: (heapUsed - before) / 1_000_000 };`,
    "--max-old-space-size=1024",
    // All of it stays alive: to collect often takes twice the time.
    "--min-semi-space-size=128",
    "--max-semi-space-size=128",
    "--single-threaded-gc",
  );
  expect(alive).toBe(1_000_000);
  expect(bytesEach).toBeLessThan(700);
}, 60_000);

test("a killed process frees its mailbox, its frame and itself", () => {
  const { heldMb, leftMb, collected } = run(
    `let frame;
     function* hoarder(self) {
       const local = new Array(1_000_000).fill(1.5);
       frame = new WeakRef(local);
       yield* self.receive({ never: () => local });
       return local;
     }
     gc();
     const before = process.memoryUsage().heapUsed;
     const pid = node.spawn(hoarder);
     while (node.step());
     for (let i = 0; i < 100; i++) node.send(pid, new Array(10_000).fill(1.5));
     gc();
     const held = process.memoryUsage().heapUsed - before;
     node.sendExit(pid, "kill");
     await settle();
     gc();
     const left = process.memoryUsage().heapUsed - before;
     // The pid is kept, and keeps nothing else.
     return { heldMb: held / 2 ** 20, leftMb: left / 2 ** 20,
              collected: frame.deref() === undefined && String(pid) ? 1 : 0 };`,
  );
  expect(heldMb).toBeGreaterThan(12);
  expect(leftMb).toBeLessThan(1);
  expect(collected).toBe(1);
}, 60_000);
