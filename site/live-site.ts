import { join, relative } from "node:path";
import { Generator, type Site } from "./generate.ts";
import { report, SiteError } from "./site-error.ts";
import { watchFiles } from "./watch-files.ts";

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
  let problem = report(site.problems);
  if (problem) log(problem);
  // Begins with the time, so that no two servers count the same revisions.
  const firstRevision = Date.now();
  let revision = firstRevision;
  const changedIn = new Map<string, number>();

  const folders = ["chapters", "exercises", "site/assets"];
  const changed = new Set<string>();
  let isDue = false;
  const watcher = await watchFiles(
    [...folders, ...usedElsewhere()].map((path) => join(root, path)),
    (path) => /node_modules|\.progress\.json$|\.cache$/.test(path),
    (path) => {
      changed.add(relative(root, path).replaceAll("\\", "/"));
      // A save can be several events; one build answers all of them.
      if (!isDue) setImmediate(rebuild);
      isDue = true;
    },
    (error) => log(`Watching failed: ${error}`),
  );
  return {
    site: () => site,
    revision: () => revision,
    missedSince,
    close: () => watcher.close(),
  };

  /** What a page of that revision does not know yet. */
  function missedSince(known: number): Change {
    const isOurs = known >= firstRevision;
    const pages = [...site.files.keys()]
      .map(addressOf)
      .filter((page) => !isOurs || (changedIn.get(page) ?? 0) > known);
    return { pages, problem };
  }

  function rebuild(): void {
    isDue = false;
    for (const file of changed) generator.forget(file);
    changed.clear();
    const before = site;
    const problemBefore = problem;
    try {
      site = generator.site();
    } catch (error) {
      // Such as a file that vanished while it was read: the next save mends it.
      const why = `the site could not be built (${String(error)}). Save again.`;
      const lost = new SiteError("not-built", "site", 1, why);
      site = { ...before, problems: [lost] };
    }
    problem = report(site.problems);
    watcher.add(usedElsewhere().map((path) => join(root, path)));
    if (problem !== problemBefore) log(problem || "The site is well again.");
    const pages = [...new Set([...site.files.keys(), ...before.files.keys()])]
      .filter((path) => site.files.get(path) !== before.files.get(path))
      .map(addressOf);
    if (pages.length > 0 || problem !== problemBefore) {
      revision += 1;
      for (const page of pages) changedIn.set(page, revision);
      onChange({ pages, problem });
    }
  }
  function usedElsewhere(): string[] {
    return [...site.used].filter(
      (file) => !folders.some((folder) => file.startsWith(`${folder}/`)),
    );
  }
}

function addressOf(path: string): string {
  return `/${path.replace(/index\.html$/, "")}`;
}
