import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildFailure, formatMessages } from "esbuild";
import { asWritten } from "./plain-node.ts";

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
  process.argv = [process.execPath, join(here, chapter, "main.ts"), ...rest];
  await start(`chapters/${chapter}/main.ts`);
}

/**
 * Not with tsx, which gives each function its name again whenever one is made:
 * that would be most of what chapter 2 measures.
 */
async function start(program: string): Promise<void> {
  process.setSourceMapsEnabled(true);
  try {
    await import(pathToFileURL(await asWritten(program)).href);
  } catch (error) {
    const { errors } = error as BuildFailure;
    if (!errors) throw error;
    const lines = await formatMessages(errors, { kind: "error", color: false });
    console.error(lines.join(""));
    process.exitCode = 1;
  }
}
