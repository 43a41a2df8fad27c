import { createRequire } from "node:module";
import { type Comedy, comedy } from "./contenders/comedy.ts";
import { ours } from "./contenders/ours.ts";
import { type XState, xstate } from "./contenders/xstate.ts";
import type { Play } from "./measurement.ts";

// The process in which one JavaScript contender does one work. It is bundled
// into one file and run by plain node:
//   node play.js contender work size runs folder-of-the-peers
// It prints one line per run: microseconds, answer, bytes per idle process.
const [contender, work = "", size, runs, folder] = process.argv.slice(2);

const play = find();
if (play === undefined) {
  console.log("none");
} else {
  for (let run = 0; run < Number(runs); run++) {
    const { elapsedMs, answer, idleBytes = 0 } = await play(Number(size));
    console.log(`${elapsedMs * 1_000} ${answer} ${idleBytes}`);
  }
}
process.exit();

function find(): Play | undefined {
  const load = createRequire(`${folder}/`);
  if (contender === "xstate" || contender === "callback") {
    return xstate(load("xstate") as XState, contender).get(work);
  }
  if (contender === "comedy") return comedy(load("comedy") as Comedy).get(work);
  return ours(work);
}
