import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { Paint } from "./paint.ts";
import { root } from "./root.ts";

const SHOWN = 3;
/** In characters; some types are a page long, and an editor shows them whole. */
const WIDEST = 200;

/**
 * What the compiler says against files, a few lines of it; "" if nothing. The
 * watcher asks behind a verdict, for it takes longer than the checks, and an
 * answer runs whatever its types are.
 *
 * @param given for who does not want to know any more; it is "" then.
 */
export async function typeErrors(
  files: readonly string[],
  given?: AbortSignal,
): Promise<string> {
  if (files.length === 0) return "";
  const cache = join(root, "node_modules/.cache/let-it-crash");
  const config = join(cache, `types-${process.pid}-${asked++}.json`);
  mkdirSync(cache, { recursive: true });
  const settings = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
    include: [],
    files,
  };
  writeFileSync(config, JSON.stringify(settings));
  const output = await compiled(config, given);
  rmSync(config);
  return firstOf(
    output,
    files.map((file) => relative(root, file)),
  );
}

/** How it is shown below a verdict. */
export function typesSay(complaints: string, paint: Paint): string {
  const lines = complaints.split("\n").map((line) => `    ${line}`);
  return [paint("yellow", "  TypeScript does not agree:"), ...lines].join("\n");
}

let asked = 0;

function compiled(config: string, given?: AbortSignal): Promise<string> {
  const compiler = join(root, "node_modules/typescript/lib/tsc.js");
  const words = [
    compiler,
    "--pretty",
    "false",
    "--singleThreaded",
    "--project",
    config,
  ];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      words,
      { cwd: root, signal: given },
      (_error, said) => resolve(said),
    );
  });
}

/** The first complaints about these files; others are not the learner's. */
export function firstOf(output: string, files: readonly string[]): string {
  const complaints = output
    .split(/^(?=\S+\(\d+,\d+\): )/m)
    .map((one) => one.trim())
    .filter((one) =>
      files.some((file) => slashed(one).startsWith(`${slashed(file)}(`)),
    );
  const shown = complaints
    .slice(0, SHOWN)
    .map((one) => inShort(one, files.length === 1));
  const more = complaints.length - shown.length;
  if (more > 0) shown.push(`… and ${more} more`);
  return shown.join("\n");
}

/** `exercise.ts:12: Type 'number' is not …`, without how it came to that. */
function inShort(complaint: string, isAlone: boolean): string {
  const found = /^(.+)\((\d+),\d+\): error TS\d+: (.*)/.exec(complaint);
  if (!found) return complaint;
  const [, path = "", line, says = ""] = found;
  // "No overload matches" says nothing; what follows it says what and why.
  const why = says.startsWith("No overload")
    ? /^ +((?:Argument|Type) .*)$/m.exec(complaint)?.[1]
    : undefined;
  const what = why ?? says;
  const short = what.length > WIDEST ? `${what.slice(0, WIDEST)}…` : what;
  return `${isAlone ? basename(path) : path}:${line}: ${short}`;
}

const slashed = (path: string) => path.replaceAll("\\", "/");
