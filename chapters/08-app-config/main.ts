import { createNode, formatReport, send } from "#runtime";
import { startFailure } from "./in-words.ts";
import { operator, type ToOperator } from "./operator.ts";
import { settingsFor } from "./read-settings.ts";
import { DEFAULTS } from "./settings.ts";

// npm run chapter 08 -- path/to.config: serves until Ctrl+C. A hangup
// (kill -HUP) reads the settings again and restarts the application.
const [asked] = process.argv.slice(2);
const print = (line: string) => console.log(line);
let isUp = false;

let why = "The application has given up, and the node has gone with it.";
let settings = DEFAULTS;

const node = createNode({
  logger: (report) => {
    // Why a start has failed is told in one line, when the node has gone.
    if (isUp) console.error(formatReport(report));
    else why = startFailure(report, settings) ?? why;
  },
});
const desk = {
  load: () => {
    const loaded = settingsFor(asked, print);
    if (loaded[0] === "ok") settings = loaded[1];
    return loaded;
  },
  print: (line: string) => {
    isUp = true;
    print(line);
  },
  ended(why?: string) {
    if (why !== undefined) fail(why);
    process.removeListener("exit", givenUp);
  },
};

// If nobody has said "ended", the tree has given up, and the node with it.
process.on("exit", givenUp);
const boss = node.spawn(operator, desk, "permanent");
const tell = (order: ToOperator) => () => send(boss, order);
process.on("SIGINT", tell("stop"));
process.on("SIGTERM", tell("stop"));
if (process.platform !== "win32") process.on("SIGHUP", tell("restart"));

function givenUp(): void {
  fail(why);
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
