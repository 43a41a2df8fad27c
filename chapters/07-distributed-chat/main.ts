import { fileURLToPath } from "node:url";
import { formatReport } from "#runtime";
import { chatProgram, validatorProgram } from "./programs.ts";
import { type Program, runNode } from "./run-node.ts";
import { startAll, type Told } from "./start-all.ts";
import { Terminal } from "./terminal.ts";

const VALIDATOR = "validator@127.0.0.1";
const CHAT = "chat@127.0.0.1";
const DEFAULT_PORT = 9527;

const USAGE = `Try one of these:
  npm run chapter 07 [-- all PORT]          all of it
  npm run chapter 07 -- validator
  npm run chapter 07 -- chat [PORT]
  npm run chapter 07 -- client [NAME [PORT]]`;

/** To whoever started this process, or to the terminal. */
function tell(told: Told): void {
  if (process.send) process.send(told);
  else if (told[0] === "log") console.log(told[1]);
}
const print = (line: string) => tell(["log", line]);
let isUp = false;
const ready = (port: number) => {
  isUp = true;
  tell(["ready", port]);
};

export async function main(args: string[]): Promise<void> {
  const [role = "all", ...rest] = args;
  const asked = (role === "client" ? rest[1] : rest[0]) ?? `${DEFAULT_PORT}`;
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const rule = "a port is a number from 0 to 65535.";
    return complain(`"${asked}" is no port: ${rule}`);
  }
  switch (role) {
    case "validator":
      return serve(VALIDATOR, validatorProgram(print, ready));
    case "chat":
      return serve(CHAT, chatProgram(port, VALIDATOR, print, ready, complain));
    case "client": {
      const terminal = new Terminal(port, rest[0] || undefined);
      process.on("message", (line) => terminal.log(`${line}`));
      return;
    }
    case "all":
      process.exitCode = await startAll(port, (line) => console.log(line));
      return;
    default:
      return complain(`There is no "${role}" here.\n${USAGE}`);
  }
}

/** Runs until Ctrl+C, or until the program that started this one ends. */
async function serve(name: string, program: Program): Promise<void> {
  const running = await runNode(name, program, (report) => {
    // Why a start has failed is told in one sentence.
    if (isUp) console.error(formatReport(report));
  });
  process.on("SIGINT", () => running.stop());
  process.on("SIGTERM", () => running.stop());
  process.on("disconnect", () => running.stop());
  if (!process.send) console.log("Ctrl+C stops it.");
  await running.ended;
  process.exit();
}

function complain(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => complain(error.message));
}
