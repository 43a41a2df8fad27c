import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const chapters = join(import.meta.dirname, "..");

/** The functions that a chapter's files export, by the file's name. */
export type Loaded = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/**
 * Loads what a chapter exports: `"02"`, `"2"` or `"02-ping-pong"`. Its tests
 * stay out, and so does `main.ts`, which would run at once.
 *
 * @throws a sentence with the chapters there are, if there is no such one.
 */
export async function loadChapter(wanted: string): Promise<Loaded> {
  const folders = readdirSync(chapters).filter((it) => /^\d\d-/.test(it));
  const number = String(wanted).slice(0, 2).replace("-", "").padStart(2, "0");
  const folder = folders.find((it) => it.startsWith(`${number}-`));
  if (folder === undefined) {
    throw new Error(
      `There is no chapter "${wanted}". There are: ${folders.sort().join(", ")}.`,
    );
  }
  const loaded = new Map<string, Map<string, unknown>>();
  for (const file of readdirSync(join(chapters, folder)).sort()) {
    if (!file.endsWith(".ts") || /(\.test|^main)\.ts$/.test(file)) continue;
    const path = join(chapters, folder, file);
    const exported = (await import(pathToFileURL(path).href)) as object;
    const named = Object.entries(exported).filter(([it]) => it !== "default");
    if (named.length > 0) loaded.set(file, new Map(named.sort()));
  }
  return loaded;
}
