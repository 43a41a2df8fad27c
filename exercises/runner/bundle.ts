import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { root } from "./root.ts";

/** What a check and an answer are given by the worker. */
export const given = ["vitest", "#runtime*"];

/** How a runtime, a check and an answer are bundled, to be run by the worker. */
const common = {
  bundle: true,
  write: false,
  format: "cjs",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  sourcesContent: false,
  logLevel: "silent",
  absWorkingDir: root,
} as const;

/** Bundles what these options name into one script. */
export async function script(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...common, ...options });
  return outputFiles?.[0]?.text ?? "";
}

/** The doors of the runtime: `#runtime`, `#runtime/testing`, … */
function doorNames(): string[] {
  const { imports } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as { imports: Record<string, string | { node: string }> };
  return Object.entries(imports)
    .filter(([, to]) =>
      existsSync(join(root, typeof to === "string" ? to : to.node)),
    )
    .map(([name]) => name);
}

/** The runtime as one script, whose exports are its doors in this order. */
export interface Runtime {
  readonly code: string;
  readonly doors: readonly string[];
}

/** The whole runtime as one script: built once, run afresh for every answer. */
export async function bundleRuntime(): Promise<Runtime> {
  const doors = doorNames();
  const lines = doors.map(
    (name, index) => `export * as door${index} from ${JSON.stringify(name)};`,
  );
  const code = await script({
    // Only an answer's lines are told; a map of this size costs a start.
    sourcemap: false,
    stdin: { contents: lines.join("\n"), resolveDir: root, loader: "ts" },
  });
  return { code, doors };
}
