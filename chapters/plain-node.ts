import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";

const root = join(import.meta.dirname, "..");
/** Inside the repository, so that a bundle finds the packages it imports. */
const folder = join(root, "node_modules/.cache/let-it-crash");
let built = 0;

/**
 * Bundles a program for plain node, which starts it in a fifth of the time
 * that tsx takes. For tests, of which those of chapters 00 and 01 start theirs
 * once as `npm run chapter` does, and for the process that runs the checks.
 *
 * @param program relative to the repository: `chapters/04-links/main.ts`.
 * @returns the file to start. `import.meta` speaks of that file.
 */
export function forPlainNode(program: string): Promise<string> {
  return bundled(program, ".mjs");
}

/**
 * The same for a program that is imported as if it had not been bundled:
 * `import.meta` and traces speak of the files that were written.
 *
 * @throws esbuild's BuildFailure for a file that is no TypeScript.
 */
export function asWritten(program: string): Promise<string> {
  const options = { plugins: [ownMeta], sourcemap: "inline" as const };
  return bundled(program, "-as-written.mjs", options);
}

async function bundled(
  program: string,
  ending: string,
  options: BuildOptions = {},
): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    entryPoints: [program],
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    write: false,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
  });
  const name = program.replace(/\.ts$/, "").replace(/[\\/:]/g, "-");
  const file = join(folder, name + ending);
  // Under its name at once and whole, for another test may be starting it.
  const unfinished = `${file}.${process.pid}.${performance.now()}.${built++}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(unfinished, outputFiles?.[0]?.text ?? "");
  renameSync(unfinished, file);
  return file;
}

const ownMeta: Plugin = {
  name: "import.meta",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8")
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
        .replaceAll(
          "import.meta.url",
          JSON.stringify(pathToFileURL(path).href),
        ),
      loader: "ts",
    }));
  },
};
