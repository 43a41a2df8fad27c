import { pathToFileURL } from "node:url";
import { spawn } from "#runtime";
import { hello } from "./hello.ts";

/** Greets the name that is given, or the world. */
export function main(args: readonly string[]): void {
  spawn(hello, args[0] ?? "world", (line) => console.log(line));
}

// npm run chapter 00 -- Ann: greets Ann.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main(process.argv.slice(2));
}
