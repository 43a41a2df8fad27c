import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Where the history of the prompt is kept, by the XDG rule for state. */
export function historyFile(
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  const state = environment.XDG_STATE_HOME || join(home, ".local", "state");
  return join(state, "let-it-crash", "shell_history");
}

/** Makes the folder of the history; false where that is not allowed. */
export function prepareHistory(file: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return true;
  } catch {
    return false;
  }
}
