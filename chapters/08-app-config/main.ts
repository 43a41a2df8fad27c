import { createNode, formatReport, send } from "#runtime";
import { operator, type ToOperator } from "./operator.ts";
import { settingsFor } from "./read-settings.ts";

// npm run chapter 08 -- path/to.config: serves until Ctrl+C. A hangup
// (kill -HUP) reads the settings again and restarts the application.
const [asked] = process.argv.slice(2);
const print = (line: string) => console.log(line);
let isUp = false;

const node = createNode({
  // Why a start has failed is told in one line, below.
  logger: (report) => {
    if (isUp) console.error(formatReport(report));
  },
});
const desk = {
  load: () => settingsFor(asked, print),
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
  fail("The application has given up, and the node has gone with it.");
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
