import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Plugin } from "esbuild";
import { type Broken, orBroken } from "./broken.ts";
import { given, script } from "./bundle.ts";
import { type Import, importsOf } from "./imports.ts";
import { markBodies } from "./mark-bodies.ts";

/** An answer as a script. */
export interface AnswerScript {
  readonly kind: "script";
  readonly code: string;
  /** The file that its frames are shown as. */
  readonly file: string;
  /** What it said when it was read. */
  readonly text: string;
  /** What it takes from the runtime. */
  readonly imports: readonly Import[];
}

/**
 * Makes a script of an answer. The runtime and vitest stay outside.
 *
 * @param text what to take instead of what its file says.
 */
export async function bundleAnswer(
  file: string,
  text = textOf(file),
): Promise<AnswerScript | Broken> {
  if (text === undefined) {
    const message = `${basename(file)} is not there any more. npm run reset, with the exercise's number, puts it back.`;
    return { kind: "broken", message };
  }
  return orBroken(bundle(file, text));
}

async function bundle(file: string, text: string): Promise<AnswerScript> {
  // Its bare name: in a source map, `C:\\…` would be taken for a URL.
  const marked = await markBodies(text, basename(file));
  const code = await script({
    stdin: {
      // Even an empty file is a module, which exports nothing.
      contents: `export {};${marked}`,
      sourcefile: file,
      resolveDir: dirname(file),
      loader: "js",
    },
    external: given,
    plugins: [oneRuntime],
  });
  return { kind: "script", code, file, text, imports: importsOf(marked) };
}

/** It would be there twice, and the one's classes not the other's. */
const oneRuntime: Plugin = {
  name: "one runtime",
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\bruntime\b/ }, ({ path }) => ({
      errors: [
        {
          text: `The answer imports "${path}". Import from "#runtime": by a path, the runtime would be there twice, and an Exit of the one is no Exit of the other.`,
        },
      ],
    }));
  },
};

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
