import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** two-nodes.ts as a script for a page, whose exports are in `page`. */
export interface PageBundle {
  readonly code: string;
  /** The files that are in it, from the top of the repository. */
  readonly files: readonly string[];
}

/** Bundled as a site does it: for a browser, with nothing of Node. */
export async function pageBundle(): Promise<PageBundle> {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const { outputFiles, metafile } = await build({
    entryPoints: ["runtime/distribution/page/two-nodes.ts"],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: "iife",
    globalName: "page",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  const [{ text } = { text: "" }] = outputFiles;
  return { code: text, files: Object.keys(metafile.inputs) };
}
