import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildFailure, build, type Message, type Plugin } from "esbuild";
import { markBodies } from "./mark-bodies.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const common = {
  bundle: true,
  write: false,
  format: "cjs",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  sourcesContent: false,
  logLevel: "silent",
  absWorkingDir: root,
} as const;

/** The doors of the runtime: `#runtime`, `#runtime/testing`, … */
function doorNames(): string[] {
  const { imports } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as { imports: Record<string, string | { node: string }> };
  return Object.entries(imports)
    .filter(([, to]) =>
      existsSync(join(root, typeof to === "string" ? to : to.node)),
    )
    .map(([name]) => name);
}

/** The runtime as one script, whose exports are its doors in this order. */
export interface Runtime {
  readonly code: string;
  readonly doors: readonly string[];
}

/** The whole runtime as one script: built once, run afresh for every answer. */
export async function bundleRuntime(): Promise<Runtime> {
  const doors = doorNames();
  const lines = doors.map(
    (name, index) => `export * as door${index} from ${JSON.stringify(name)};`,
  );
  const { outputFiles } = await build({
    ...common,
    // Only an answer's lines are told; a map of this size costs a start.
    sourcemap: false,
    stdin: { contents: lines.join("\n"), resolveDir: root, loader: "ts" },
  });
  return { code: outputFiles[0]?.text ?? "", doors };
}

/** A check and an answer as one script, or why there is none. */
export type Bundle =
  | {
      readonly kind: "script";
      readonly code: string;
      /** What the answer said when it was read. */
      readonly text: string;
    }
  | { readonly kind: "broken"; readonly message: string };

/**
 * Puts a check file together with an answer: wherever the check says
 * `./exercise.ts`, it gets the answer. The runtime and vitest stay outside.
 *
 * @param text what to take instead of what the answer's file says.
 */
export async function bundleCheck(
  checkFile: string,
  answerFile: string,
  text = textOf(answerFile),
): Promise<Bundle> {
  if (text === undefined) {
    const message = `${basename(answerFile)} is not there any more. npm run reset, with the exercise's number, puts it back.`;
    return { kind: "broken", message };
  }
  const swap: Plugin = {
    name: "answer",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/exercise(?:\.ts|\.js)?$/ }, () => ({
        path: answerFile,
        namespace: "answer",
      }));
      onLoad({ filter: /.*/, namespace: "answer" }, () => ({
        contents: marked,
        loader: "js",
        resolveDir: dirname(answerFile),
      }));
      onResolve({ filter: /^(?:vitest$|#runtime)/ }, ({ path }) => ({
        path,
        external: true,
      }));
    },
  };
  let marked = "";
  try {
    marked = await markBodies(text, answerFile);
    const { outputFiles } = await build({
      ...common,
      entryPoints: [checkFile],
      plugins: [swap],
    });
    return { kind: "script", code: outputFiles[0]?.text ?? "", text };
  } catch (error) {
    const { errors } = error as BuildFailure;
    if (!errors?.[0]) throw error;
    return { kind: "broken", message: sentence(errors[0]) };
  }
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** What esbuild found, with the line and a mark below the place. */
function sentence({ text, location }: Message): string {
  const missing = /^No matching export .* for import "(.+)"$/.exec(text)?.[1];
  if (missing) {
    return `exercise.ts does not export ${missing}, and the check needs it. Write "export" before it, under that name.`;
  }
  if (!location) return text;
  const { file, line, column, length, lineText } = location;
  const mark = " ".repeat(column) + "^".repeat(Math.max(1, length));
  return `${basename(file)}:${line}: ${text}\n\n  ${lineText}\n  ${mark}`;
}
