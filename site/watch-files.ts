import { existsSync, statSync } from "node:fs";
import { type ChokidarOptions, watch } from "chokidar";

/**
 * chokidar reports a file once in 50 ms and forgets what happens in between.
 * Editors that write a file in two steps would be answered for the first.
 */
const BLIND_MS = 50;

/**
 * Watches files and folders; `onSaved` is told about each file that has come,
 * changed or gone, and always about its last change.
 */
export async function watchFiles(
  paths: string[],
  ignored: ChokidarOptions["ignored"] & {},
  onSaved: (path: string) => void,
  onError: (error: unknown) => void = () => {},
) {
  const looks = new Set<NodeJS.Timeout>();
  // chokidar counts a path that is missing twice: it would be ready before it
  // watches all files, and a save in between be lost. So it is told of it later.
  const found = paths.filter((path) => existsSync(path));
  const missing = paths.filter((path) => !found.includes(path));
  const watcher = watch(found, { ignoreInitial: true, ignored });
  watcher.on("all", (_event, path) => saved(path));
  watcher.on("error", onError);
  if (found.length > 0) {
    await new Promise<void>((resolve) => watcher.once("ready", resolve));
  }
  watcher.add(missing);
  return {
    add: (more: string[]) => void watcher.add(more),
    close: async () => {
      for (const look of looks) clearTimeout(look);
      await watcher.close();
    },
  };

  function saved(path: string): void {
    const seen = changedAt(path);
    onSaved(path);
    const look = setTimeout(() => {
      looks.delete(look);
      if (changedAt(path) !== seen) saved(path);
    }, BLIND_MS + 10);
    looks.add(look);
  }
}

function changedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
