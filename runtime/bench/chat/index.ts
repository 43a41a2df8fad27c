import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { EpmdServer } from "#runtime/distribution";
import { noErlang } from "../no-erlang.ts";
import type { ChatServer } from "./chat-server.ts";
import { startErlang } from "./erlang-server.ts";
import { type MeasuredChat, measureChat } from "./measure.ts";
import { type ChatBenchOptions, optionsIn, tooFewFiles } from "./options.ts";
import { bundle, startOurs } from "./our-server.ts";
import { remarks, table } from "./table.ts";

/**
 * `npm run bench -- chat [--quick] [--clients N] [--rate N] [--seconds N]`:
 * chapter 7's chat under load, beside the same chat in Erlang.
 */
export async function benchChat(
  words: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const options = optionsIn(words);
  const trouble =
    typeof options === "string"
      ? options
      : tooFewFiles(options.clients, openFiles());
  if (trouble !== undefined || typeof options === "string") {
    console.error(trouble);
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "bench-chat-"));
  // One of its own: the names of the nodes are free there.
  const epmd = await EpmdServer.start({ port: 0 });
  try {
    await compare(folder, epmd.port, options, print);
  } finally {
    await epmd.close();
    rmSync(folder, { recursive: true });
  }
}

async function compare(
  folder: string,
  epmdPort: number,
  options: ChatBenchOptions,
  print: (line: string) => void,
): Promise<void> {
  print(
    "Every message goes to every client. The clients are in this process, the\n" +
      "validator and the chat in one each, all on 127.0.0.1 and on " +
      `${availableParallelism()} cores.`,
  );
  const program = bundle(folder);
  const starts = [() => startOurs(program, epmdPort)];
  const missing = noErlang();
  if (missing !== undefined) print(missing);
  else starts.push(() => startErlang(folder, epmdPort));
  const all: MeasuredChat[] = [];
  for (const start of starts) {
    const server: ChatServer = await start();
    process.stderr.write(`${server.name} …\n`);
    try {
      all.push(await measureChat(server, options));
    } finally {
      await server.stop();
    }
  }
  print(`\n${table(all, options)}`);
  for (const line of remarks(all)) print(line);
  if (all.some(({ lost, outOfOrder }) => lost + outOfOrder > 0)) {
    process.exitCode = 1;
  }
}

/** How many files a process may have open; NaN where that is not known. */
function openFiles(): number {
  try {
    return Number(
      execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }),
    );
  } catch {
    return Number.NaN;
  }
}
