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

type Doors = Map<string, unknown>;

let known: { readonly script: Script; readonly doors: readonly string[] };
let shared: Doors | undefined;

/** Makes this runtime the one that is loaded from now on: compiled once. */
export function compile(runtime: Runtime): void {
  const wrapped = `(function (exports, require, module) {${runtime.code}\n})`;
  const script = new Script(wrapped, { filename: "runtime.cjs" });
  known = { script, doors: runtime.doors };
  shared = undefined;
}

/** The doors of the runtime as if newly loaded, its state anew. */
export function freshRuntime(): Doors {
  const module = { exports: {} as Exports };
  known.script.runInThisContext()(module.exports, requireHere, module);
  return new Map(
    known.doors.map((name, index) => [name, module.exports[`door${index}`]]),
  );
}

/** The same doors for all who ask here, and what they have left in it. */
export function sharedRuntime(): Doors {
  shared ??= freshRuntime();
  return shared;
}

/** Runs a script as Node runs a CommonJS file, source map included. */
export function load(
  name: string,
  code: string,
  require: (name: string) => unknown,
): Exports {
  // Its map names the sources as they lie from here, as bundle.ts says.
  const file = join(root, name);
  const module = new Module(file) as Module & {
    _compile(code: string, file: string): void;
  };
  module.require = require as NodeJS.Require;
  module._compile(code, file);
  return module.exports as Exports;
}
