import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

// `npm run chapter 02 -- 5`: runs the program of a chapter as if it had been
// started by itself, with whatever follows the number as its arguments.
const here = import.meta.dirname;
const [wanted, ...rest] = process.argv.slice(2);
const number = wanted?.padStart(2, "0");
const runnable = readdirSync(here)
  .filter((name) => existsSync(join(here, name, "main.ts")))
  .sort();
const chapter = runnable.find((name) => name.startsWith(`${number}-`));

if (chapter === undefined) {
  const list = runnable.map(
    (name) => `  npm run chapter ${name.slice(0, 2)}   ${name}`,
  );
  console.error(
    `${wanted ? `There is no program for chapter ${wanted}` : "Which chapter?"}\n${list.join("\n")}`,
  );
  process.exitCode = 1;
} else {
  const program = join(here, chapter, "main.ts");
  process.argv = [process.execPath, program, ...rest];
  await import(program);
}
