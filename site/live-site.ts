import { join, relative } from "node:path";
import { watch } from "chokidar";
import { Generator, type Site } from "./generate.ts";
import { report } from "./site-error.ts";

/** What the browser is told: which pages are new, or that problems changed. */
export interface Change {
  readonly pages: readonly string[];
  readonly problem: string;
}

/** Keeps a site up to date in memory while its files change. */
export async function liveSite(
  root: string,
  log: (line: string) => void,
  onChange: (change: Change) => void,
) {
  const generator = new Generator(root);
  let site: Site = generator.site();
  let problem = problemOf(site);
  if (problem) log(problem);

  const folders = ["chapters", "exercises", "site/assets"];
  const watcher = watch(
    folders.map((folder) => join(root, folder)),
    {
      ignoreInitial: true,
      ignored: (path) => /node_modules|\.progress\.json$|\.cache$/.test(path),
    },
  );
  watchUsed();
  const changed = new Set<string>();
  let isDue = false;
  watcher.on("all", (_event, path) => {
    changed.add(relative(root, path).replaceAll("\\", "/"));
    // A save can be several events; one build answers all of them.
    if (!isDue) setImmediate(rebuild);
    isDue = true;
  });
  watcher.on("error", (error) => log(`Watching failed: ${error}`));
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  return { site: () => site, close: () => watcher.close() };

  function rebuild(): void {
    isDue = false;
    for (const file of changed) generator.forget(file);
    changed.clear();
    const before = site;
    const problemBefore = problem;
    try {
      site = generator.site();
      problem = problemOf(site);
    } catch (error) {
      // Such as a file that vanished while it was read: the next save mends it.
      problem = `The site could not be built: ${String(error)}`;
      site = { ...before, problems: before.problems };
    }
    watchUsed();
    if (problem !== problemBefore) log(problem || "The site is well again.");
    const pages = [...new Set([...site.files.keys(), ...before.files.keys()])]
      .filter((path) => site.files.get(path) !== before.files.get(path))
      .map((path) => `/${path.replace(/index\.html$/, "")}`);
    if (pages.length > 0 || problem !== problemBefore) {
      onChange({ pages, problem });
    }
  }
  function watchUsed(): void {
    const outside = [...site.used].filter(
      (file) => !folders.some((folder) => file.startsWith(`${folder}/`)),
    );
    watcher.add(outside.map((file) => join(root, file)));
  }
}

function problemOf(site: Site): string {
  return site.problems.length === 0 ? "" : report(site.problems);
}
