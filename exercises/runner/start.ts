import { serve } from "../../site/serve.ts";
import { type Exercise, exercises } from "./catalogue.ts";
import { nextHint } from "./hint.ts";
import { type Keys, legend, listen } from "./keys.ts";
import { openInBrowser } from "./open.ts";
import { paintFor } from "./paint.ts";
import { readProgress } from "./progress.ts";
import { reset } from "./reset.ts";
import { root } from "./root.ts";
import { invitation, nextOf, standing } from "./standing.ts";
import { watch } from "./watch.ts";

// `npm start`: the book, the watcher, and where the learner stands.
const paint = paintFor(process.stdout);
const print = (text: string) => console.log(`\n${text}`);
const all = () => exercises();
const next = () => nextOf(all(), readProgress().done);

const words = process.argv.slice(2);
// PowerShell keeps the "--" of npm's, and npm then the dashes of ours.
const isNoOpen = (word: string) => /^(?:--)?no-open$/.test(word);
const strange = words.find((word) => !isNoOpen(word));
if (strange !== undefined) {
  const isHelp = strange === "--help" || strange === "-h";
  const usage = `npm start                 the book, and a verdict on each save
npm start no-open         the same, without opening a browser`;
  console.log(isHelp ? usage : `npm start takes no ${strange}.\n${usage}`);
  process.exit(isHelp ? 0 : 1);
}

let current: Exercise | undefined;
const open = words.some(isNoOpen) ? () => false : openInBrowser;

const [site, watcher] = await Promise.all([
  serve({ root, log: (line) => print(paint("yellow", line)) }),
  watch((text, exercise) => {
    current = exercise;
    print(text);
    if (process.stdin.isTTY) print(paint("dim", legend(keys)));
  }, paint),
]);

const subject = () => current ?? next();
const keys: Keys = {
  h: { says: "hint", act: () => withSubject((it) => print(nextHint(it))) },
  n: {
    says: "next exercise",
    act: () => {
      current = next();
      print(invitation(current));
    },
  },
  l: {
    says: "where I stand",
    act: () => print(standing(all(), readProgress().done)),
  },
  r: {
    says: "run again",
    act: () => withSubject((it) => void watcher.check(it)),
  },
  s: {
    says: "start over",
    act: () => withSubject((it) => print(reset(it))),
  },
  o: { says: "open the page", act: () => void open(pageOf(subject())) },
  q: { says: "quit", act: quit },
};

function withSubject(act: (exercise: Exercise) => void): void {
  const exercise = subject();
  if (exercise) act(exercise);
  else print(invitation(undefined));
}

function pageOf(exercise: Exercise | undefined): string {
  const path = exercise?.folder.replace(/^exercises\//, "");
  return path ? `${site.url}${path}/` : site.url;
}

const release = listen(process.stdin, keys, quit);
process.once("SIGINT", quit);
process.once("SIGTERM", quit);

print(
  `${paint("bold", "Let It Crash")}\n\n  The book:  ${paint("cyan", site.url)}\n  Watching:  exercises/`,
);
print(standing(all(), readProgress().done));
print(invitation(next()));
print(
  paint(
    "dim",
    process.stdin.isTTY ? legend(keys) : "Save an exercise to have it checked.",
  ),
);
open(site.url);

function quit(): void {
  release();
  void Promise.all([site.close(), watcher.close()]).then(() => process.exit());
}
