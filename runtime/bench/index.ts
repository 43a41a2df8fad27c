import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { benchChat } from "./chat/index.ts";
import { benchDistribution, FULL, QUICK } from "./distribution/index.ts";
import { lineUp } from "./line-up.ts";
import { report } from "./report.ts";
import { measure, type RunOptions } from "./run.ts";
import { works } from "./works.ts";

// npm run bench                     everything, in about twenty minutes
// npm run bench -- ping-pong        one work
// npm run bench -- --quick          less of it
// npm run bench -- chat             chapter 7's chat under load
// npm run bench -- distribution     messages between two nodes
const given = process.argv.slice(2);
const quick = given.includes("--quick");
const names = given.filter((argument) => argument !== "--quick");
const unknown = names.filter((name) => !works.some((w) => w.name === name));

if (given[0] === "chat") {
  await benchChat(given.slice(1), (line) => console.log(line));
} else if (names[0] === "distribution") {
  await benchDistribution(quick ? QUICK : FULL, (line) => console.log(line));
} else if (unknown.length > 0) {
  const others = ["chat", "distribution"];
  const known = [...works.map(({ name }) => name), ...others].join(", ");
  console.error(`There is no work "${unknown.join(" ")}". There are: ${known}`);
  process.exitCode = 1;
} else {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    bench(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bench(folder: string): void {
  const { contenders, skipped } = lineUp(folder);
  // Whatever disturbs a machine mostly lasts as long as a process does here: many
  // processes of few runs, or one wave decides what is in the middle.
  const options: RunOptions = quick
    ? { size: "quick", repetitions: 3, warmUps: 4, runs: 1 }
    : { size: "full", repetitions: 7, warmUps: 6, runs: 2 };
  console.log(
    `Each contender in a process of its own, ${options.repetitions} of them in turn,\n` +
      `${options.runs} counted run(s) in each after ${options.warmUps} that are not. JavaScript is\n` +
      `bundled into one file and run by plain node ${process.version}; bench.erl is\n` +
      "compiled by erlc and run by erl as installed.",
  );
  for (const line of skipped) console.log(line);
  warnIfBusy();
  const chosen = works.filter(
    ({ name }) => names.length === 0 || names.includes(name),
  );
  const all = chosen.map((work) => {
    process.stderr.write(`${work.name} …\n`);
    return measure(work, contenders, options, ([program = "", ...rest]) =>
      execFileSync(program, rest, {
        encoding: "utf8",
        maxBuffer: 1 << 20,
      }),
    );
  });
  console.log(`\n${report(all)}`);
  if (contenders.some(({ name }) => name === "xstate")) {
    console.log(
      "\nxstate is its transition actor, which keeps a state as a process does;\n" +
        "callback is xstate's listener without one. Both run a receiver inside the\n" +
        "send, where the others queue a message and come back to it.",
    );
  }
}

/** The BEAM has a thread per core, so it suffers more than we do if they are taken. */
function warnIfBusy(): void {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load > cores / 2) {
    console.log(
      `This machine is busy (load ${load.toFixed(1)} on ${cores} cores). ` +
        "Measure again when it is not.",
    );
  }
}
