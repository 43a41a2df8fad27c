import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { type BuildFailure, build, type Plugin } from "esbuild";
import { broken } from "./broken.ts";
import { common } from "./bundle.ts";
import { type Import, importsOf } from "./imports.ts";
import { markBodies } from "./mark-bodies.ts";

/** A check and an answer as one script, or why there is none. */
export type Bundle =
  | {
      readonly kind: "script";
      readonly code: string;
      /** What the answer said when it was read. */
      readonly text: string;
      readonly imports: readonly Import[];
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
        // Even an empty file is a module, which exports nothing.
        contents: `export {};${marked}`,
        loader: "js",
        resolveDir: dirname(answerFile),
      }));
      onResolve({ filter: /^(?:vitest$|#runtime)/ }, ({ path }) => ({
        path,
        external: true,
      }));
      // It would be there twice, and the one's classes not the other's.
      onResolve({ filter: /^\.{1,2}\/.*\bruntime\b/ }, ({ path }) => ({
        errors: [
          {
            text: `The answer imports "${path}". Import from "#runtime": by a path, the runtime would be there twice, and an Exit of the one is no Exit of the other.`,
          },
        ],
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
    const code = outputFiles[0]?.text ?? "";
    return { kind: "script", code, text, imports: importsOf(marked) };
  } catch (error) {
    const { errors } = error as BuildFailure;
    if (!errors?.[0]) throw error;
    return { kind: "broken", message: broken(errors[0]) };
  }
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
