import { existsSync } from "node:fs";
import { type ChokidarOptions, watch } from "chokidar";
import { WholeSaves } from "./whole-saves.ts";

/**
 * Watches files and folders; `onSaved` is told about each file that has come,
 * changed or gone, when it is whole, and always about its last change.
 */
export async function watchFiles(
  paths: string[],
  ignored: ChokidarOptions["ignored"] & {},
  onSaved: (path: string) => void,
  onError: (error: unknown) => void = () => {},
) {
  const saves = new WholeSaves(onSaved);
  // chokidar counts a path that is missing twice: it would be ready before it
  // watches all files, and a save in between be lost. So it is told of it later.
  const found = paths.filter((path) => existsSync(path));
  const missing = paths.filter((path) => !found.includes(path));
  const watcher = watch(found, { ignoreInitial: true, ignored });
  watcher.on("all", (_event, path) => saves.reported(path));
  watcher.on("error", onError);
  if (found.length > 0) {
    await new Promise<void>((resolve) => watcher.once("ready", resolve));
  }
  watcher.add(missing);
  return {
    add: (more: string[]) => void watcher.add(more),
    close: async () => {
      saves.close();
      await watcher.close();
    },
  };
}
