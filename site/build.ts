import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { Generator, type Site } from "./generate.ts";
import { isProgram } from "./is-program.ts";
import { report } from "./site-error.ts";

/** Writes a built site into a folder, which holds nothing else afterwards. */
export function write(site: Site, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of site.files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

if (isProgram(import.meta.url)) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const site = new Generator(root).site();
  if (site.problems.length > 0) {
    console.error(report(site.problems));
    process.exitCode = 1;
  } else {
    write(site, join(root, "site/dist"));
    const pages = [...site.files.keys()].filter((path) =>
      path.endsWith(".html"),
    );
    const seconds = (performance.now() / 1000).toFixed(1);
    console.log(`site/dist: ${pages.length} pages in ${seconds} s`);
  }
}
