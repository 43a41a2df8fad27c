import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Whether a module is the program that was started, and not imported by it.
 * Node follows links for the one, and takes the other as it was typed.
 *
 * @param url the module's `import.meta.url`.
 */
export function isProgram(url: string): boolean {
  const [, started] = process.argv;
  return started !== undefined && realpathSync(started) === fileURLToPath(url);
}
