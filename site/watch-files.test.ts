import { EventEmitter, once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { watchFiles } from "./watch-files.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "watched-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** What a watcher of these paths tells, once it watches them. */
async function watched(paths: string[]) {
  const told = new EventEmitter().setMaxListeners(0);
  const tell = (path: string) => void told.emit(path);
  const watcher = await watchFiles(paths, () => false, tell);
  onTestFinished(() => watcher.close());
  return told;
}

test("no save is lost once it watches, though a path is not there yet", async () => {
  const root = folder();
  const chapters = join(root, "chapters");
  const files = Array.from({ length: 40 }, (_, n) => {
    const inside = join(chapters, `${n}`, "a", "b");
    mkdirSync(inside, { recursive: true });
    const file = join(inside, "index.md");
    writeFileSync(file, "as it came\n");
    return file;
  });
  const told = await watched([chapters, join(root, "assets")]);
  const saves = files.map((file) => once(told, file));
  for (const file of files) writeFileSync(file, "saved\n");
  expect(await Promise.all(saves)).toHaveLength(files.length);
});
