import { createNode, type Process, type Self } from "#runtime";
import { programs } from "./programs.ts";

// npm run chapter 03 -- crash: one of the programs; without a name, all.
const wanted = process.argv[2];
const chosen = Object.keys(programs).filter(
  (name) => wanted === undefined || name === wanted,
);

if (chosen.length === 0) {
  console.error(
    `There is no program "${wanted}" here. There are: ${Object.keys(programs).join(", ")}.`,
  );
  process.exitCode = 1;
}

// Who died is enough here; the default logger prints the stack as well.
const node = createNode({
  logger: (report) => {
    if (report.kind !== "crash") return;
    console.error(`  (reported: ${report.pid} ${report.label} crashed)`);
  },
});

node.spawn(function* main(self: Self<never>): Process {
  for (const name of chosen) {
    console.log(`${name}:`);
    const steps = programs[name]?.(self, (line) => console.log(`  ${line}`));
    if (steps) yield* steps;
  }
});
