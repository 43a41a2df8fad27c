import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "./bundled.ts";
import type { Contender, ContenderName } from "./contender.ts";
import { noErlang } from "./no-erlang.ts";
import type { Work } from "./work.ts";

const here = import.meta.dirname;
const peers = join(here, "peers");

/** Who takes part, and a line for each who cannot. */
export interface LineUp {
  readonly contenders: readonly Contender[];
  readonly skipped: readonly string[];
}

/** Builds what has to be built into `folder` and looks who is installed. */
export function lineUp(folder: string): LineUp {
  const program = bundled(join(here, "play.ts"), folder, "play.mjs");
  const contenders = [javascript("ours", program)];
  const skipped: string[] = [];
  const missing = noErlang();
  if (missing !== undefined) skipped.push(missing);
  else {
    execFileSync("erlc", ["-o", folder, join(here, "bench.erl")]);
    contenders.push(erlang(folder));
  }
  for (const name of ["xstate", "comedy"] as const) {
    if (existsSync(join(peers, "node_modules", name))) {
      contenders.push(javascript(name, program));
      if (name === "xstate") contenders.push(javascript("callback", program));
    } else {
      skipped.push(
        `${name} skipped: it is not installed. Get it: npm install --prefix runtime/bench/peers`,
      );
    }
  }
  return { contenders, skipped };
}

function javascript(name: ContenderName, program: string): Contender {
  return {
    name,
    command: (work, size, runs) => [
      process.execPath,
      ...(work.idleKilobytes === undefined ? [] : ["--expose-gc"]),
      program,
      ...[name, work.name, String(size), String(runs), peers],
    ],
  };
}

function erlang(folder: string): Contender {
  return {
    name: "erlang",
    command: (work: Work, size: number, runs: number) => [
      ...["erl", "-noshell", "-pa", folder, "-eval"],
      `bench:main('${work.name}', ${size}, ${runs}).`,
    ],
  };
}
