import { realpathSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** Bundles a program into one file in `folder`, for plain node to run. */
export function bundled(program: string, folder: string, name: string): string {
  // A program that finds out whether it was started compares real paths.
  const file = join(realpathSync(folder), name);
  buildSync({
    entryPoints: [program],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
  });
  return file;
}
