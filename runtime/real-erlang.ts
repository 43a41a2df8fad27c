import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

// What tests need that ask real Erlang. A learner's machine has none.

const run = promisify(execFile);

/** Whether there is an `erl` to start. */
export const hasErlang = spawnSync("erl", ["+V"]).error === undefined;

/** Tests against real Erlang are passed over without it, but not in CI. */
export const withoutErlang = !hasErlang && !process.env.CI;

/** Compiles a listing; `use` gets the folder to start `erl` with (`-pa`). */
export async function withListing<T>(
  listing: string,
  use: (folder: string) => Promise<T> | T,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "listing-"));
  try {
    await run("erlc", ["-Werror", "-o", folder, listing]);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What a listing prints while one virtual machine evaluates `expressions`.
 * Reports of errors are left out: they would stand among the lines.
 */
export function toldByErlang(
  listing: string,
  expressions: string,
): Promise<string> {
  return withListing(listing, async (folder) => {
    const quiet = ["-noshell", "-kernel", "logger_level", "none"];
    const program = ["-pa", folder, "-eval", `${expressions}, halt().`];
    return (await run("erl", [...quiet, ...program])).stdout;
  });
}

/**
 * What `tell/1` of a listing prints for each story, its name on the line
 * before; a story that was not told is empty. One virtual machine tells all.
 */
export async function storiesByErlang(
  listing: string,
  names: readonly string[],
): Promise<string[]> {
  const atoms = names.map((name) => `'${name}'`).join();
  const tell = `${basename(listing, ".erl")}:tell(S)`;
  const all = `[begin io:format("@@~s~n", [S]), ${tell} end || S <- [${atoms}]]`;
  const told = (await toldByErlang(listing, all)).split("@@");
  return names.map(
    (name) => told.find((text) => text.startsWith(`${name}\n`)) ?? "",
  );
}
