import { createRequire, Module } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";
import type { Runtime } from "./bundle.ts";

/** For what neither the runtime nor the check brings: Node's own modules. */
export const requireHere = createRequire(import.meta.url);

/**
 * The book's folder, in which the worker is started: its script lies elsewhere.
 * Asked once, for an answer may go to another folder.
 */
const root = process.cwd();

type Exports = Record<string, unknown>;

let known: { readonly script: Script; readonly doors: readonly string[] };

/**
 * The doors of a runtime as if newly loaded: compiled once, its state anew.
 *
 * @param runtime undefined if it is the one of the time before.
 */
export function freshRuntime(
  runtime: Runtime | undefined,
): Map<string, unknown> {
  if (runtime !== undefined) {
    const wrapped = `(function (exports, require, module) {${runtime.code}\n})`;
    const script = new Script(wrapped, { filename: "runtime.cjs" });
    known = { script, doors: runtime.doors };
  }
  const module = { exports: {} as Exports };
  known.script.runInThisContext()(module.exports, requireHere, module);
  return new Map(
    known.doors.map((name, index) => [name, module.exports[`door${index}`]]),
  );
}

/** Runs a script as Node runs a CommonJS file, source map included. */
export function load(
  name: string,
  code: string,
  require: (name: string) => unknown,
): Exports {
  const file = join(root, ".cache", name);
  const module = new Module(file) as Module & {
    _compile(code: string, file: string): void;
  };
  module.require = require as NodeJS.Require;
  module._compile(code, file);
  return module.exports as Exports;
}
