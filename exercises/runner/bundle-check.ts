import { readFileSync } from "node:fs";
import { type Broken, orBroken } from "./broken.ts";
import { given, script } from "./bundle.ts";

/** A check file as a script, which asks for the answer as `./exercise.ts`. */
export interface CheckScript {
  readonly kind: "script";
  readonly code: string;
  /** What it takes from the answer. */
  readonly needs: readonly string[];
}

type Made = Promise<CheckScript | Broken>;
const known = new Map<string, { readonly text: string; readonly made: Made }>();

/**
 * Makes a script of a check file, once for all answers as long as its text
 * stays. The answer, the runtime and vitest stay outside.
 */
export async function bundleCheck(file: string): Made {
  const text = readFileSync(file, "utf8");
  const before = known.get(file);
  if (before?.text === text) return before.made;
  const made = orBroken(bundle(file, text));
  known.set(file, { text, made });
  return made;
}

async function bundle(file: string, text: string): Promise<CheckScript> {
  const code = await script({
    entryPoints: [file],
    external: ["./exercise.ts", ...given],
  });
  return { kind: "script", code, needs: needsOf(text) };
}

/** `import { counter, type ToCounter } from "./exercise.ts"` needs a counter. */
function needsOf(text: string): string[] {
  const [, names = ""] =
    /^import \{([^}]*)\} from "\.\/exercise\.ts";/m.exec(text) ?? [];
  return names
    .split(",")
    .map((name) => name.trim().split(" as ")[0] ?? "")
    .filter((name) => name !== "" && !name.startsWith("type "));
}
