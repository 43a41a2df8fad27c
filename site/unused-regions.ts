import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { regionsOf } from "./regions.ts";
import { SiteError } from "./site-error.ts";

/**
 * The regions in a chapter's files that no page shows: left over from a page
 * that changed, or meant for one that was never written.
 */
export function unusedRegions(
  root: string,
  chapters: readonly { readonly folder: string }[],
  shown: ReadonlySet<string>,
): SiteError[] {
  return chapters.flatMap(({ folder }) =>
    readdirSync(join(root, folder))
      .filter((name) => /\.(?:ts|erl|hrl)$/.test(name))
      .sort()
      .flatMap((name) => unusedIn(root, folder, name, shown)),
  );
}

function unusedIn(
  root: string,
  folder: string,
  name: string,
  shown: ReadonlySet<string>,
): SiteError[] {
  const file = `${folder}/${name}`;
  try {
    const text = readFileSync(join(root, file), "utf8");
    return [...regionsOf(text, file).values()]
      .filter((region) => !shown.has(`${file}#${region.name}`))
      .map((region) => {
        const text = `no page shows region "${region.name}". Show it with [code: ${region.name}](${name}), or remove its markers.`;
        return new SiteError("region-unused", file, region.line, text);
      });
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    return [error];
  }
}
