import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
/** Inside the repository, so that a bundle finds the packages it imports. */
const folder = join(root, "node_modules/.cache/let-it-crash");
let built = 0;

/**
 * Bundles a program for plain node, which starts it in a fifth of the time
 * that tsx takes. For tests; those of chapters 00 and 01 start theirs once as
 * `npm run chapter` does.
 *
 * @param program relative to the repository: `chapters/04-links/main.ts`.
 * @returns the file to start. `import.meta` speaks of that file.
 */
export async function forPlainNode(program: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [program],
    absWorkingDir: root,
    bundle: true,
    write: false,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
  });
  const file = join(
    folder,
    `${program.replace(/\.ts$/, "").replaceAll("/", "-")}.mjs`,
  );
  // Under its name at once and whole, for another test may be starting it.
  const unfinished = `${file}.${process.pid}.${performance.now()}.${built++}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(unfinished, outputFiles[0]?.text ?? "");
  renameSync(unfinished, file);
  return file;
}
