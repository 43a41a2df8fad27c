import { readFileSync } from "node:fs";
import { join } from "node:path";
import { consult } from "#runtime";
import { type Checked, check, DEFAULTS, type Settings } from "./settings.ts";

// #region place
/** Beside the program, wherever that is started from. */
export const OWN_FILE = join(import.meta.dirname, "config/server.config");
// #endregion

// #region read
/** The settings in a file, or one sentence that says what is wrong with it. */
export function readSettings(file: string): Checked<Settings> {
  const read = textOf(file);
  if (read[0] === "error") return ["error", read[1]];
  const consulted = consult(read[1]);
  if (consulted[0] === "error") {
    const { line, column, message } = consulted[1];
    return ["error", `${file}:${line}:${column}: ${message}`];
  }
  const checked = check(consulted[1]);
  return checked[0] === "ok" ? checked : ["error", `${file}: ${checked[1]}`];
}
// #endregion

// #region policy
/** A file that was asked for has to be there; the program's own may go. */
export function settingsFor(
  asked: string | undefined,
  print: (line: string) => void,
  own = OWN_FILE,
): Checked<Settings> {
  if (asked !== undefined) return readSettings(asked);
  const read = textOf(own);
  if (read[0] === "ok" || read[2] !== "ENOENT") return readSettings(own);
  print(`There is no ${own}. The defaults hold.`);
  return ["ok", DEFAULTS];
}
// #endregion

type Text =
  | readonly ["ok", text: string]
  | readonly ["error", sentence: string, code: string];

/** A file of settings is a page or two; what is longer is something else. */
const LONGEST_FILE = 100_000;

function textOf(file: string): Text {
  try {
    // Some editors on Windows begin a file with a mark that is no text.
    const text = readFileSync(file, "utf8").replace(/^\ufeff/, "");
    if (text.length <= LONGEST_FILE) return ["ok", text];
    return ["error", `${file} is too long for a file of settings.`, "EFBIG"];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    return [
      "error",
      `${file} ${WHY[code] ?? `cannot be read: ${code}.`}`,
      code,
    ];
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "does not exist. Check the path.",
  EISDIR: "is a folder. Name a file in it.",
  EACCES: "may not be read. Check who owns it.",
};
